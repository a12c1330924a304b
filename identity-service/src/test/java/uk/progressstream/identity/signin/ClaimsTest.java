package uk.progressstream.identity.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.provisioning.proof.Proves;

@Proves("D11")
class ClaimsTest {
  @Test
  @DisplayName("Google: a Workspace account belongs to its hosted domain, whatever its e-mail says")
  void googleWorkspace() {
    Visitor visitor =
        google(Map.of("hd", "A.example", "email", "T@alias.example", "email_verified", true));

    assertThat(visitor.organisation()).contains("a.example");
    assertThat(visitor.addresses()).containsExactly("t@alias.example");
    assertThat(visitor.machine()).isFalse();
  }

  @Test
  @DisplayName("Google: an e-mail that is not verified counts for nothing")
  void googleUnverified() {
    assertThat(google(Map.of("hd", "a.example", "email", "t@a.example")).addresses()).isEmpty();
    assertThat(
            google(Map.of("hd", "a.example", "email", "t@a.example", "email_verified", "true"))
                .addresses())
        .isEmpty();
  }

  @Test
  @DisplayName(
      "Google: an outside address without a hosted domain belongs nowhere, verified or not")
  void googleOutsideAddress() {
    Visitor visitor = google(Map.of("email", "t@a.example", "email_verified", true));

    assertThat(visitor.organisation()).isEmpty();
    assertThat(visitor.addresses()).isEmpty();
  }

  @Test
  @DisplayName("Google: a service account is a machine of its project's domain")
  void googleServiceAccount() {
    Visitor visitor =
        google(Map.of("email", "mis@school.iam.gserviceaccount.com", "email_verified", true));

    assertThat(visitor.organisation()).contains("school.iam.gserviceaccount.com");
    assertThat(visitor.machine()).isTrue();
    assertThat(
            google(Map.of("email", "x@evilgserviceaccount.com", "email_verified", true)).machine())
        .isFalse();
  }

  @Test
  @DisplayName(
      "Microsoft: the account is keyed on tenant and object id, never on the pairwise subject")
  void microsoftKey() {
    Visitor visitor = microsoft(Map.of("oid", "o-1", "preferred_username", "T@a.example"));

    assertThat(visitor.key()).isEqualTo(new AccountKey(Provider.MICROSOFT, "tenant", "o-1"));
    assertThat(visitor.addresses()).containsExactly("t@a.example");
    assertThat(MicrosoftClaims.visitor(claims(Map.of("preferred_username", "x")), "tenant"))
        .isEmpty();
  }

  @Test
  @DisplayName("Microsoft: an e-mail that anybody could have filled in is no address")
  void microsoftEmail() {
    Map<String, Object> claims = Map.of("oid", "o-1", "email", "head@a.example");

    assertThat(microsoft(claims).addresses()).isEmpty();
    assertThat(
            microsoft(Map.of("oid", "o-1", "email", "head@a.example", "xms_edov", true))
                .addresses())
        .containsExactly("head@a.example");
  }

  @Test
  @DisplayName("Microsoft: an app registration is known by its application id")
  void microsoftApplication() {
    Visitor visitor =
        microsoft(
            Map.of("oid", "o-1", "idtyp", "app", "azp", "App-Id", "preferred_username", "x@y"));

    assertThat(visitor.machine()).isTrue();
    assertThat(visitor.addresses()).containsExactly("app-id");
  }

  private static Visitor google(Map<String, Object> claims) {
    JwtClaims all = claims(claims);
    all.setSubject("s-1");
    return GoogleClaims.visitor(all, "https://google.test").orElseThrow();
  }

  private static Visitor microsoft(Map<String, Object> claims) {
    return MicrosoftClaims.visitor(claims(claims), "tenant").orElseThrow();
  }

  private static JwtClaims claims(Map<String, Object> members) {
    JwtClaims claims = new JwtClaims();
    members.forEach(claims::setClaim);
    return claims;
  }
}
