package uk.progressstream.identity.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.Issuers;
import uk.progressstream.identity.testing.Person;
import uk.progressstream.identity.testing.SampleSchool;
import uk.progressstream.provisioning.proof.Proves;

/** Each test changes one thing about a token that is good otherwise. */
@QuarkusTest
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
@Proves("D11")
class RefusedSignInTest {
  private static final Person GOOGLE = Person.employee("onboarding");
  private static final String TENANT_A = Issuers.TENANT_A + "/v2.0";

  private Gateway gateway;
  private Issuers issuers;

  @BeforeEach
  void open() {
    gateway = Gateway.open();
    issuers = Issuers.current();
  }

  @Test
  @DisplayName(
      "The token that the other tests spoil is good as it is, also 20 seconds early or late")
  void unspoilt() {
    assertThat(status(signed(claims -> {}))).isEqualTo(200);
    assertThat(status(signed(claims -> lasting(claims, -3600, -20)))).isEqualTo(200);
    assertThat(status(signed(claims -> lasting(claims, 20, 3600)))).isEqualTo(200);
  }

  @Test
  @DisplayName("Another issuer's name under Google's own signature is refused")
  void wrongIssuer() {
    for (String issuer :
        List.of(
            "https://accounts.google.com",
            issuers.nameOf("google/"),
            issuers.nameOf("GOOGLE"),
            issuers.nameOf("elsewhere"))) {
      refused(signed(claims -> claims.setIssuer(issuer)));
    }
    refused(signed(claims -> claims.unsetClaim("iss")));
  }

  @Test
  @DisplayName("A token for another application, for two, or for none is refused")
  void wrongAudience() {
    refused(signed(claims -> claims.setAudience("another-app")));
    refused(signed(claims -> claims.setAudience(Issuers.AUDIENCE, "another-app")));
    refused(signed(claims -> claims.unsetClaim("aud")));
  }

  @Test
  @DisplayName("A tenant that is not on the list is refused, its genuine keys notwithstanding")
  void wrongTenant() {
    Person stranger = Person.microsoft(Issuers.TENANT_STRANGE, "head@strange.example");
    SampleSchool.create(gateway, stranger);

    refused(stranger.idToken());
  }

  @Test
  @DisplayName("A listed tenant's issuer around another tenant's id is refused")
  void tenantsMixedUp() {
    Person head = headOfTenantA();
    JwtClaims claims = head.claims(issuers);
    claims.setClaim("tid", Issuers.TENANT_B);
    refused(issuers.sign(claims, TENANT_A));
    claims.setClaim("tid", "");
    refused(issuers.sign(claims, TENANT_A));
  }

  @Test
  @DisplayName("One issuer's claims under another issuer's signature are refused, either way")
  void issuersMixedUp() {
    Person microsoft = headOfTenantA();

    refused(issuers.sign(microsoft.claims(issuers), Issuers.GOOGLE));
    refused(issuers.sign(GOOGLE.claims(issuers), TENANT_A));
    refused(issuers.sign(microsoft.claims(issuers), Issuers.TENANT_B + "/v2.0"));
    // The key id of the right key, over a signature of the wrong one.
    refused(signed(Issuers.GOOGLE, issuers.keyOf(TENANT_A), GOOGLE.claims(issuers)));
  }

  @Test
  @DisplayName("A changed claim under the old signature is refused")
  void tampered() {
    String[] part = GOOGLE.idToken().split("\\.");
    String claims =
        new String(Base64.getUrlDecoder().decode(part[1]), StandardCharsets.UTF_8)
            .replace("employee-onboarding", "employee-everything");
    refused(part[0] + "." + base64(claims) + "." + part[2]);
    refused(part[0] + "." + part[1] + ".");
    refused(part[0] + "." + part[1] + "." + part[2].substring(0, 20));
  }

  @Test
  @DisplayName("alg=none is refused, in any spelling")
  void algorithmNone() {
    for (String none : List.of("none", "None", "NONE", "nOnE")) {
      String header =
          new JsonObject()
              .put("alg", none)
              .put("kid", issuers.keyOf(Issuers.GOOGLE).getKeyId())
              .encode();
      String claims = GOOGLE.claims(issuers).toJson();
      refused(base64(header) + "." + base64(claims) + ".");
    }
  }

  @Test
  @DisplayName("HS256 with the issuer's public key as its secret is refused")
  void keyConfusion() {
    PublicJsonWebKey key = issuers.keyOf(Issuers.GOOGLE);
    for (byte[] secret :
        List.of(
            key.getPublicKey().getEncoded(),
            ("-----BEGIN PUBLIC KEY-----\n"
                    + Base64.getMimeEncoder().encodeToString(key.getPublicKey().getEncoded())
                    + "\n-----END PUBLIC KEY-----\n")
                .getBytes(StandardCharsets.US_ASCII))) {
      JsonWebSignature signature = new JsonWebSignature();
      signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
      signature.setAlgorithmHeaderValue("HS256");
      signature.setKeyIdHeaderValue(key.getKeyId());
      signature.setKey(new HmacKey(secret));
      refused(Issuers.serialised(signature, GOOGLE.claims(issuers)));
    }
  }

  @Test
  @DisplayName("Another algorithm with the issuer's own key is refused")
  void anotherAlgorithm() {
    PublicJsonWebKey key = issuers.keyOf(Issuers.GOOGLE);
    for (String algorithm : List.of("RS512", "PS256")) {
      JsonWebSignature signature = new JsonWebSignature();
      signature.setAlgorithmHeaderValue(algorithm);
      signature.setKeyIdHeaderValue(key.getKeyId());
      signature.setKey(key.getPrivateKey());
      refused(Issuers.serialised(signature, GOOGLE.claims(issuers)));
    }
  }

  @Test
  @DisplayName("A key that came with the token is not looked at")
  void embeddedKey() throws org.jose4j.lang.JoseException {
    PublicJsonWebKey own = org.jose4j.jwk.RsaJwkGenerator.generateJwk(2048);
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue("RS256");
    signature.setKeyIdHeaderValue(issuers.keyOf(Issuers.GOOGLE).getKeyId());
    signature.setJwkHeader(own);
    signature.setHeader("jku", "https://attacker.example/jwks");
    signature.setKey(own.getPrivateKey());
    refused(Issuers.serialised(signature, GOOGLE.claims(issuers)));
  }

  @Test
  @DisplayName("Expired, not valid yet, valid for years or without an end: refused")
  void clock() {
    refused(signed(claims -> lasting(claims, -3600, -40)));
    refused(signed(claims -> lasting(claims, 60, 3600)));
    refused(signed(claims -> lasting(claims, 0, 400 * 24 * 3600)));
    refused(signed(claims -> claims.unsetClaim("exp")));
  }

  @Test
  @DisplayName("Our own access token is no ID token")
  void ourOwnToken() {
    refused(gateway.signIn(GOOGLE));
  }

  @Test
  @DisplayName("Text that is no token, or a very long one, is refused")
  void noToken() {
    refused("nonsense");
    refused("a.b.c");
    refused("..");
    refused("x".repeat(20_000));
  }

  @Test
  @DisplayName("A token without subject or key id is refused")
  void withoutKey() {
    refused(signed(claims -> claims.unsetClaim("sub")));
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue("RS256");
    signature.setKey(issuers.keyOf(Issuers.GOOGLE).getPrivateKey());
    refused(Issuers.serialised(signature, GOOGLE.claims(issuers)));
  }

  @Test
  @DisplayName("What a genuine token lacks in form is told, and never to whoever forged it")
  void form() {
    JwtClaims claims = headOfTenantA().claims(issuers);
    claims.unsetClaim("oid");
    assertThat(description(issuers.sign(claims, TENANT_A))).contains("ask for the scope profile");

    refused(signed(TENANT_A, issuers.keyOf(TENANT_A), claims).replaceAll("\\.[^.]*$", ".AAAA"));
    refused(issuers.sign(claims, Issuers.TENANT_B + "/v2.0"));
    claims.setAudience("another-app");
    refused(issuers.sign(claims, TENANT_A));
    claims.setAudience(Issuers.AUDIENCE);
    lasting(claims, -3600, -60);
    refused(issuers.sign(claims, TENANT_A));
  }

  private String description(String idToken) {
    HttpResponse<String> answer = gateway.exchange(idToken, Map.of());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    return new JsonObject(answer.body()).getString("error_description");
  }

  /** Somebody who gets a token, as long as nothing is spoilt. */
  private Person headOfTenantA() {
    Person head = Person.microsoft(Issuers.TENANT_A, "head@" + UUID.randomUUID() + ".example");
    SampleSchool.onboard(gateway, head);
    assertThat(status(head.idToken())).isEqualTo(200);
    return head;
  }

  private String signed(Consumer<JwtClaims> change) {
    JwtClaims claims = GOOGLE.claims(issuers);
    change.accept(claims);
    return issuers.sign(claims, Issuers.GOOGLE);
  }

  private String signed(String keyIdOf, PublicJsonWebKey key, JwtClaims claims) {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue("RS256");
    signature.setKeyIdHeaderValue(issuers.keyOf(keyIdOf).getKeyId());
    signature.setKey(key.getPrivateKey());
    return Issuers.serialised(signature, claims);
  }

  private int status(String idToken) {
    return gateway.exchange(idToken, Map.of()).statusCode();
  }

  /** Refused in one and the same way, so that the answer tells nothing. */
  private void refused(String idToken) {
    HttpResponse<String> answer = gateway.exchange(idToken, Map.of());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(new JsonObject(answer.body()))
        .isEqualTo(
            new JsonObject()
                .put("error", "invalid_request")
                .put("error_description", "the subject token is not acceptable here"));
  }

  private static void lasting(JwtClaims claims, long fromSeconds, long untilSeconds) {
    claims.setIssuedAt(fromNow(Math.min(0, fromSeconds)));
    claims.setNotBefore(fromNow(fromSeconds));
    claims.setExpirationTime(fromNow(untilSeconds));
  }

  private static NumericDate fromNow(long seconds) {
    NumericDate date = NumericDate.now();
    date.addSeconds(seconds);
    return date;
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
