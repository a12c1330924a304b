package uk.progressstream.identity.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.Outbox;
import uk.progressstream.identity.testing.Person;
import uk.progressstream.identity.testing.SampleSchool;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.platform.scope.ScopeKind;
import uk.progressstream.platform.scope.ScopeText;
import uk.progressstream.provisioning.testing.ServiceClient;
import uk.progressstream.provisioning.testing.TestKit;

@QuarkusTest
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
class TokenExchangeTest {
  private static final Set<String> SERVICES =
      Set.of("identity", "ingest", "pseudonym", "grades", "sensitive", "audit", "breach");

  private Gateway gateway;

  @BeforeEach
  void open() {
    gateway = Gateway.open();
  }

  @Test
  @DisplayName("An admin's token: one whole school, five minutes, a seal for each service")
  void anAdminsToken() {
    SampleSchool school = SampleSchool.onboard(gateway);
    HttpResponse<String> answer = gateway.exchange(school.admin().idToken(), Map.of());

    JsonObject json = new JsonObject(answer.body());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
    assertThat(json.getString("token_type")).isEqualTo("Bearer");
    assertThat(json.getString("issued_token_type"))
        .isEqualTo("urn:ietf:params:oauth:token-type:access_token");
    assertThat(json.getInteger("expires_in")).isEqualTo(300);
    assertThat(json.getString("scope")).contains("identity:manage").contains("grades:read");

    JsonObject claims = Gateway.claims(json.getString("access_token"));
    Scope scope = ScopeText.read(claims.getString("ps_scope"));
    assertThat(scope.kind()).isEqualTo(ScopeKind.SCHOOL);
    assertThat(scope.schools()).containsExactly(school.id());
    assertThat(scope.account()).hasToString(claims.getString("sub"));
    assertThat(scope.tokenId()).hasToString(claims.getString("jti"));
    assertThat(scope.expiresAt().getEpochSecond()).isEqualTo(claims.getLong("exp"));
    assertThat(claims.getLong("exp") - claims.getLong("iat")).isEqualTo(300);
    assertThat(claims.getString("role")).isEqualTo("admin");
    assertThat(words(claims.getJsonArray("aud"))).isEqualTo(SERVICES);
    assertThat(claims.getJsonObject("ps_seals").fieldNames()).isEqualTo(SERVICES);
  }

  @Test
  @DisplayName("A teacher's token holds exactly the classes of the cluster")
  void aTeachersToken() {
    SampleSchool school = SampleSchool.onboard(gateway);
    UUID first = school.addClass("10A");
    UUID second = school.addClass("10B");
    school.addClass("10C");
    Person teacher = school.member("teacher");
    school.clusterFor(teacher, first, second);

    Scope scope = scopeOf(gateway.signIn(teacher));

    assertThat(scope.kind()).isEqualTo(ScopeKind.CLASS);
    assertThat(scope.classes().stream().map(cell -> cell.schoolClass()).toList())
        .containsExactlyInAnyOrder(first, second);
  }

  @Test
  @DisplayName("The signature verifies with the published keys, which any peer may read")
  void theKeysArePublished() throws JoseException {
    String token = gateway.signIn(Person.employee("onboarding"));
    ServiceClient peer = new ServiceClient(Gateway.address(), TestKit.current().tlsOf("grades"));
    HttpResponse<String> keys = peer.get("/identity/.well-known/jwks.json", null);
    assertThat(keys.body()).doesNotContain("\"d\"");

    JsonWebSignature signature = new JsonWebSignature();
    signature.setCompactSerialization(token);
    PublicJsonWebKey key =
        (PublicJsonWebKey)
            new JsonWebKeySet(keys.body())
                .findJsonWebKey(signature.getKeyIdHeaderValue(), "EC", "sig", "ES256");
    signature.setKey(key.getPublicKey());

    assertThat(signature.verifySignature()).isTrue();
    assertThat(peer.get("/identity/v1/me", token).statusCode()).isEqualTo(403);
  }

  @Test
  @DisplayName("The scope and audience parameters narrow what is given")
  void narrowing() {
    SampleSchool school = SampleSchool.onboard(gateway);
    HttpResponse<String> answer =
        gateway.exchange(
            school.admin().idToken(),
            Map.of("scope", "grades:read school:" + school.id(), "audience", "grades"));

    JsonObject json = new JsonObject(answer.body());
    JsonObject claims = Gateway.claims(json.getString("access_token"));
    assertThat(json.getString("scope")).isEqualTo("grades:read");
    assertThat(words(claims.getJsonArray("roles"))).containsExactly("grades:read");
    assertThat(claims.getJsonObject("ps_seals").fieldNames()).containsExactly("grades");
    assertThat(gateway.get("/me", json.getString("access_token")).statusCode()).isEqualTo(401);
  }

  @Test
  @DisplayName("Errors are those of RFC 6749 and RFC 8693, as JSON that is not stored")
  void errors() {
    String token = Person.employee("onboarding").idToken();

    assertThat(error(gateway.exchange(token, Map.of("grant_type", "password"))))
        .isEqualTo("unsupported_grant_type");
    assertThat(error(gateway.exchange(token, Map.of("subject_token_type", "x"))))
        .isEqualTo("invalid_request");
    assertThat(error(gateway.exchange(token, Map.of("scope", "audit:read"))))
        .isEqualTo("invalid_scope");
    assertThat(error(gateway.exchange(token, Map.of("audience", "elsewhere"))))
        .isEqualTo("invalid_target");
    assertThat(error(gateway.exchange("nonsense", Map.of()))).isEqualTo("invalid_request");
    assertThat(error(gateway.postForm("grant_type=%zz"))).isEqualTo("invalid_request");
    assertThat(error(gateway.postForm(""))).isEqualTo("invalid_request");
  }

  @Test
  @DisplayName("Somebody whom nobody has invited gets no token and leaves no account")
  void nobody() {
    Person stranger = Person.google("nowhere.example", "stranger");

    assertThat(error(gateway.exchange(stranger.idToken(), Map.of()))).isEqualTo("invalid_request");
  }

  @Test
  @DisplayName(
      "Each exchange is in the log of the schools that the token touches, or in the company's")
  void exchangesAreRecorded() {
    SampleSchool school = SampleSchool.onboard(gateway);
    Scope admin = scopeOf(gateway.signIn(school.admin()));
    Scope employee = scopeOf(gateway.signIn(Person.employee("onboarding")));

    List<JsonObject> ofSchool = Outbox.events("token.issued", school.id());
    assertThat(ofSchool)
        .anySatisfy(
            event -> {
              assertThat(event.getString("concerns")).isEqualTo(admin.tokenId().toString());
              assertThat(event.getString("actor")).isEqualTo(admin.account().toString());
              assertThat(event.getString("role")).isEqualTo("admin");
              assertThat(event.encode()).doesNotContain("@");
            });
    assertThat(Outbox.events("token.issued", AuditEvent.COMPANY))
        .anySatisfy(
            event ->
                assertThat(event.getString("concerns")).isEqualTo(employee.tokenId().toString()));
  }

  private static Scope scopeOf(String accessToken) {
    return ScopeText.read(Gateway.claims(accessToken).getString("ps_scope"));
  }

  private static Set<String> words(JsonArray array) {
    return array.stream().map(Object::toString).collect(Collectors.toSet());
  }

  private static String error(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
    assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
    return new JsonObject(answer.body()).getString("error");
  }
}
