package uk.progressstream.identity.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.Issuers;
import uk.progressstream.identity.testing.Person;
import uk.progressstream.identity.testing.SampleSchool;
import uk.progressstream.provisioning.proof.Proves;

/** ID tokens as the issuers really make them, exchanged. */
@QuarkusTest
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
@Proves("D11")
class TokenFormsTest {
  private final String object = UUID.randomUUID().toString();
  private final String application = UUID.randomUUID().toString();
  private Gateway gateway;
  private Issuers issuers;
  private SampleSchool school;

  @BeforeEach
  void open() {
    gateway = Gateway.open();
    issuers = Issuers.current();
    school = SampleSchool.onboard(gateway);
  }

  @Test
  @DisplayName("Google's other name for itself: the same subject is the same account")
  void googleWithoutScheme() {
    JwtClaims claims = school.admin().claims(issuers);
    String before = accountOf(issuers.sign(claims, Issuers.GOOGLE));
    claims.setIssuer(claims.getClaimValueAsString("iss").replace("https://", ""));

    assertThat(accountOf(issuers.sign(claims, Issuers.GOOGLE))).isEqualTo(before);
  }

  @Test
  @DisplayName("A service account without an e-mail takes up what its unique id was invited to")
  void serviceAccountWithoutEmail() {
    String id = "1" + ThreadLocalRandom.current().nextLong(1_000_000_000_000L, 9_000_000_000_000L);
    JwtClaims claims = claims(Issuers.GOOGLE, id, Issuers.AUDIENCE);
    claims.setClaim("azp", id);
    String token = issuers.sign(claims, Issuers.GOOGLE);
    assertThat(refusal(token)).contains("includeEmail").contains("unique id");

    invite(new JsonObject().put("issuer", "google").put("serviceAccount", id), "partner-system");
    String account = accountOf(token);
    claims.setClaim("email", "mis@" + school.id() + ".iam.gserviceaccount.com");
    claims.setClaim("email_verified", true);
    assertThat(accountOf(issuers.sign(claims, Issuers.GOOGLE))).isEqualTo(account);
  }

  @Test
  @DisplayName("A person whose subject was invited as a service account's takes up nothing")
  void aPersonIsNoServiceAccount() {
    String id = "1" + ThreadLocalRandom.current().nextLong(1_000_000_000_000L, 9_000_000_000_000L);
    invite(new JsonObject().put("issuer", "google").put("serviceAccount", id), "partner-system");
    JwtClaims claims = claims(Issuers.GOOGLE, id, Issuers.AUDIENCE);
    claims.setClaim("azp", "1234.apps.googleusercontent.com");

    assertThat(refusal(issuers.sign(claims, Issuers.GOOGLE))).contains("ask for the scope email");
    claims.setClaim("azp", id);
    assertThat(accountOf(issuers.sign(claims, Issuers.GOOGLE))).as("a machine's").isNotEmpty();
  }

  @Test
  @DisplayName("An application of a tenant signs in with tokens of either version, as one account")
  void applications() {
    inviteApplication();
    JwtClaims second = app(Issuers.TENANT_A + "/v2.0", "azp", Issuers.API);
    String account = accountOf(issuers.sign(second, Issuers.TENANT_A + "/v2.0"));

    for (String audience :
        new String[] {Issuers.API, "api://" + Issuers.API, "api://" + Issuers.API + "/"}) {
      JwtClaims first = app(Issuers.TENANT_A_FIRST, "appid", audience);
      first.setClaim("idp", issuers.nameOf(Issuers.TENANT_A_FIRST));
      assertThat(accountOf(issuers.sign(first, Issuers.TENANT_A_FIRST))).isEqualTo(account);
    }
  }

  @Test
  @DisplayName("Version 1's audiences, names and keys are its own: version 2's do not do")
  void versionsMixedUp() {
    inviteApplication();
    String first = Issuers.TENANT_A_FIRST;
    String second = Issuers.TENANT_A + "/v2.0";
    assertThat(accountOf(issuers.sign(app(first, "appid", Issuers.API), first))).isNotEmpty();

    refused(issuers.sign(app(second, "azp", "api://" + Issuers.API), second));
    refused(issuers.sign(app(first, "appid", "api://another"), first));
    refused(issuers.sign(app(first, "appid", "api://" + Issuers.AUDIENCE), first));
    refused(issuers.sign(app(first, "appid", Issuers.API), second));
    refused(issuers.sign(app(second, "azp", Issuers.API), first));
    assertThat(refusal(issuers.sign(app(first, "azp", Issuers.API), first))).contains("appid");
  }

  @Test
  @DisplayName("A guest takes up no invitation, whatever the home tenant calls them")
  void guests() {
    Person teacher = Person.microsoft(Issuers.TENANT_A, "t-" + object + "@school.example");
    String invitation = teacher.invitation("teacher");
    invite(new JsonObject(invitation), "teacher");
    JwtClaims claims = teacher.claims(issuers);
    claims.setClaim("idp", "https://sts.windows.net/" + Issuers.TENANT_B + "/");

    assertThat(refusal(issuers.sign(claims, teacher.issuer()))).contains("guest");
    claims.unsetClaim("idp");
    assertThat(accountOf(issuers.sign(claims, teacher.issuer()))).as("a member").isNotEmpty();
  }

  private JwtClaims app(String issuer, String clientClaim, String audience) {
    JwtClaims claims = claims(issuer, object, audience);
    claims.setClaim("oid", object);
    claims.setClaim("tid", Issuers.TENANT_A);
    claims.setClaim(clientClaim, application);
    return claims;
  }

  private JwtClaims claims(String issuer, String subject, String audience) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(issuers.nameOf(issuer));
    claims.setSubject(subject);
    claims.setAudience(audience);
    claims.setIssuedAtToNow();
    claims.setExpirationTimeMinutesInTheFuture(30);
    return claims;
  }

  private void inviteApplication() {
    invite(
        new JsonObject()
            .put("issuer", "microsoft")
            .put("tenant", Issuers.TENANT_A)
            .put("application", application),
        "partner-system");
  }

  private void invite(JsonObject invitee, String role) {
    HttpResponse<String> answer =
        gateway.post(
            "/schools/" + school.id() + "/invitations",
            school.adminToken(),
            invitee.put("role", role).encode());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  private String accountOf(String idToken) {
    HttpResponse<String> answer = gateway.exchange(idToken, Map.of());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Gateway.claims(new JsonObject(answer.body()).getString("access_token")).getString("sub");
  }

  private String refusal(String idToken) {
    HttpResponse<String> answer = gateway.exchange(idToken, Map.of());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(new JsonObject(answer.body()).getString("error")).isEqualTo("invalid_request");
    return new JsonObject(answer.body()).getString("error_description");
  }

  private void refused(String idToken) {
    assertThat(refusal(idToken)).isEqualTo("the subject token is not acceptable here");
  }
}
