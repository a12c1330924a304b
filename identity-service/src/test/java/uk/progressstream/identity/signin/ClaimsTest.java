package uk.progressstream.identity.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static uk.progressstream.identity.signin.TokenForms.APPLICATION;
import static uk.progressstream.identity.signin.TokenForms.GOOGLE;
import static uk.progressstream.identity.signin.TokenForms.OBJECT;
import static uk.progressstream.identity.signin.TokenForms.TENANT;
import static uk.progressstream.identity.signin.TokenForms.UNIQUE_ID;
import static uk.progressstream.identity.signin.TokenForms.google;
import static uk.progressstream.identity.signin.TokenForms.microsoft;
import static uk.progressstream.identity.signin.TokenForms.with;
import static uk.progressstream.identity.signin.TokenForms.without;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.identity.signin.SignInRefused.Reason;
import uk.progressstream.provisioning.proof.Proves;

@Proves("D11")
class ClaimsTest {
  @Test
  @DisplayName("Google: a Workspace account belongs to its hosted domain, whatever its e-mail says")
  void googleWorkspace() {
    Visitor visitor =
        google(
            Map.of(
                "sub",
                "s-1",
                "hd",
                "A.example",
                "email",
                "T@alias.example",
                "email_verified",
                true));

    assertThat(visitor.organisation()).contains("a.example");
    assertThat(visitor.realms()).containsExactly("a.example");
    assertThat(visitor.addresses()).containsExactly("t@alias.example");
    assertThat(visitor.machine()).isFalse();
  }

  @Test
  @DisplayName("Google: an e-mail that is not verified counts for nothing")
  void googleUnverified() {
    Map<String, Object> claims = Map.of("sub", "s-1", "hd", "a.example", "email", "t@a.example");

    assertThat(google(claims).addresses()).isEmpty();
    assertThat(google(with(claims, "email_verified", "true")).addresses()).isEmpty();
  }

  @Test
  @DisplayName(
      "Google: an outside address without a hosted domain belongs nowhere, verified or not")
  void googleOutsideAddress() {
    Visitor visitor = google(Map.of("sub", "s-1", "email", "t@a.example", "email_verified", true));

    assertThat(visitor.organisation()).isEmpty();
    assertThat(visitor.addresses()).isEmpty();
  }

  @Test
  @DisplayName("Google: a service account is a machine of its project's domain, with its e-mail")
  void googleServiceAccount() {
    Visitor visitor = google(TokenForms.serviceAccountWithEmail());

    assertThat(visitor.realms())
        .containsExactlyInAnyOrder("school.iam.gserviceaccount.com", "gserviceaccount.com");
    assertThat(visitor.addresses())
        .containsExactlyInAnyOrder("mis@school.iam.gserviceaccount.com", UNIQUE_ID);
    assertThat(visitor.machine()).isTrue();
    assertThat(visitor.advice()).isEmpty();
    assertThat(
            google(Map.of("sub", "s", "email", "x@evilgserviceaccount.com", "email_verified", true))
                .machine())
        .isFalse();
  }

  @Test
  @DisplayName("Google: a service account without an e-mail is a machine, known by its unique id")
  void googleServiceAccountWithoutEmail() {
    Visitor visitor = google(TokenForms.serviceAccount());

    assertThat(visitor.machine()).isTrue();
    assertThat(visitor.key()).isEqualTo(new AccountKey(Provider.GOOGLE, GOOGLE, UNIQUE_ID));
    assertThat(visitor.realms()).containsExactly("gserviceaccount.com");
    assertThat(visitor.addresses()).containsExactly(UNIQUE_ID);
    assertThat(visitor.advice().orElseThrow()).contains("includeEmail");
  }

  @Test
  @DisplayName("Google: a person whose app asked for no e-mail is no machine, and is told to ask")
  void googlePersonWithoutEmail() {
    Visitor visitor = google(TokenForms.googlePersonWithoutEmail());

    assertThat(visitor.machine()).isFalse();
    assertThat(visitor.addresses()).isEmpty();
    assertThat(visitor.advice().orElseThrow()).contains("scope email");
    assertThat(google(with(TokenForms.serviceAccount(), "hd", "school.example")).machine())
        .as("a hosted domain is a person's")
        .isFalse();
    assertThat(google(with(TokenForms.serviceAccount(), "email", "t@school.example")).machine())
        .as("somebody's e-mail, verified or not")
        .isFalse();
  }

  @Test
  @DisplayName(
      "Microsoft: the account is keyed on tenant and object id, never on the pairwise subject")
  void microsoftKey() {
    for (Map<String, Object> claims :
        List.of(TokenForms.secondVersionPerson(), TokenForms.firstVersionPerson())) {
      Visitor visitor = microsoft(claims);

      assertThat(visitor.key()).isEqualTo(new AccountKey(Provider.MICROSOFT, TENANT, OBJECT));
      assertThat(visitor.realms()).containsExactly(TENANT);
      assertThat(visitor.addresses()).containsExactly("t@school.example");
      assertThat(visitor.machine()).isFalse();
      assertThat(visitor.advice()).isEmpty();
    }
  }

  @Test
  @DisplayName("Microsoft: a token that does not say whose it is is refused for its form")
  void microsoftWithoutObject() {
    ofForm(without(TokenForms.secondVersionPerson(), "oid"), "scope profile");
    ofForm(without(TokenForms.secondVersionPerson(), "tid"), "scope profile");
  }

  @Test
  @DisplayName("Microsoft: another tenant's id is no matter of form")
  void microsoftOtherTenant() {
    assertThatExceptionOfType(SignInRefused.class)
        .isThrownBy(() -> microsoft(with(TokenForms.secondVersionPerson(), "tid", "another")))
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.ISSUER))
        .satisfies(refused -> assertThat(refused.advice()).isEmpty());
  }

  @Test
  @DisplayName(
      "Microsoft: an e-mail or display name that anybody could have filled in is no address")
  void microsoftEmail() {
    Map<String, Object> nameless = without(TokenForms.secondVersionPerson(), "preferred_username");
    Map<String, Object> claims = with(nameless, "email", "head@a.example", "unique_name", "head");

    assertThat(microsoft(claims).addresses()).isEmpty();
    assertThat(microsoft(claims).advice().orElseThrow()).contains("scope profile");
    assertThat(microsoft(with(claims, "xms_edov", true)).addresses())
        .containsExactly("head@a.example");
  }

  @Test
  @DisplayName("Microsoft: an app registration is known by its application id, in either version")
  void microsoftApplication() {
    for (Map<String, Object> claims :
        List.of(
            TokenForms.secondVersionApplication(),
            TokenForms.firstVersionApplication(),
            with(TokenForms.secondVersionApplication(), "idtyp", "app"))) {
      Visitor visitor = microsoft(claims);

      assertThat(visitor.machine()).isTrue();
      assertThat(visitor.realms()).containsExactly(TENANT);
      assertThat(visitor.addresses()).containsExactly(APPLICATION);
    }
    ofForm(
        with(without(TokenForms.secondVersionApplication(), "azp"), "appid", APPLICATION), "azp");
  }

  @Test
  @DisplayName("Microsoft: what has marks of a person and of an application is neither")
  void microsoftNeither() {
    ofForm(with(TokenForms.secondVersionPerson(), "idtyp", "app"), "idtyp");
    ofForm(with(TokenForms.secondVersionPerson(), "sub", OBJECT), "idtyp");
    ofForm(with(TokenForms.secondVersionApplication(), "scp", "read"), "idtyp");
    ofForm(with(TokenForms.secondVersionApplication(), "sub", "pairwise", "idtyp", "app"), "idtyp");
    ofForm(with(TokenForms.secondVersionApplication(), "idtyp", "device"), "idtyp");
    assertThat(microsoft(with(TokenForms.secondVersionPerson(), "azp", APPLICATION)).machine())
        .as("a person through an app")
        .isFalse();
  }

  @Test
  @DisplayName("Microsoft: a guest belongs to no organisation and has no address")
  void microsoftGuest() {
    for (Map<String, Object> claims :
        List.of(
            TokenForms.secondVersionGuest(),
            with(TokenForms.secondVersionPerson(), "acct", 1),
            with(TokenForms.secondVersionPerson(), "acct", "1"),
            with(TokenForms.secondVersionPerson(), "acct", 0, "idp", "live.com"),
            with(TokenForms.secondVersionPerson(), "idp", List.of(TokenForms.SECOND)),
            with(TokenForms.secondVersionPerson(), "upn", "h_home#EXT#@school.example"),
            with(TokenForms.firstVersionPerson(), "upn", "h_home_EXT_@school.example"),
            with(TokenForms.firstVersionPerson(), "unique_name", "live.com#h@school.example"))) {
      Visitor visitor = microsoft(claims);

      assertThat(visitor.realms()).as("%s", claims).isEmpty();
      assertThat(visitor.addresses()).isEmpty();
      assertThat(visitor.advice().orElseThrow()).contains("guest");
    }
    for (String own : List.of(TokenForms.FIRST, TokenForms.SECOND)) {
      assertThat(microsoft(with(TokenForms.firstVersionPerson(), "idp", own, "acct", 0)).realms())
          .containsExactly(TENANT);
    }
  }

  private static void ofForm(Map<String, Object> claims, String advice) {
    assertThatExceptionOfType(SignInRefused.class)
        .isThrownBy(() -> microsoft(claims))
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.FORM))
        .satisfies(refused -> assertThat(refused.advice().orElseThrow()).contains(advice));
  }
}
