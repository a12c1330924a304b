package uk.progressstream.identity.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenRequestTest {
  private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
  private static final Set<String> SERVICES = Set.of("identity", "grades");

  private final Map<String, List<String>> form =
      new HashMap<>(
          Map.of(
              "grant_type", List.of(EXCHANGE),
              "subject_token", List.of("token"),
              "subject_token_type", List.of(TokenRequest.ID_TOKEN)));

  @Test
  void theSmallestRequest() {
    TokenRequest request = TokenRequest.read(form, SERVICES);

    assertThat(request.subjectToken()).isEqualTo("token");
    assertThat(request.audience()).isEmpty();
  }

  @Test
  void whatIsMissingOrThereTwiceIsAnInvalidRequest() {
    for (String name : List.of("grant_type", "subject_token", "subject_token_type")) {
      assertThat(errorWith(name, List.of())).isEqualTo("invalid_request");
      assertThat(errorWith(name, List.of(""))).isEqualTo("invalid_request");
      assertThat(errorWith(name, List.of("a", "b"))).isEqualTo("invalid_request");
    }
  }

  @Test
  void anotherGrantTypeIsUnsupported() {
    assertThat(errorWith("grant_type", List.of("password"))).isEqualTo("unsupported_grant_type");
  }

  @Test
  void onlyIdTokensAreExchanged() {
    assertThat(errorWith("subject_token_type", List.of(TokenRequest.ACCESS_TOKEN)))
        .isEqualTo("invalid_request");
  }

  @Test
  void nobodyActsForAnybody() {
    assertThat(errorWith("actor_token", List.of("x"))).isEqualTo("invalid_request");
  }

  @Test
  void onlyAccessTokensAreIssued() {
    assertThat(errorWith("requested_token_type", List.of("urn:ietf:params:oauth:token-type:saml2")))
        .isEqualTo("invalid_request");
    form.put("requested_token_type", List.of(TokenRequest.ACCESS_TOKEN));
    assertThat(TokenRequest.read(form, SERVICES)).isNotNull();
  }

  @Test
  void anAudienceIsOneOfOurs() {
    form.put("audience", List.of("grades", "identity"));
    assertThat(TokenRequest.read(form, SERVICES).audience())
        .containsExactlyInAnyOrder("grades", "identity");
    assertThat(errorWith("audience", List.of("grades", "elsewhere"))).isEqualTo("invalid_target");
    assertThat(errorWith("resource", List.of("https://elsewhere.test")))
        .isEqualTo("invalid_target");
  }

  @Test
  void aScopeThatIsNotUnderstood() {
    assertThat(errorWith("scope", List.of("openid profile"))).isEqualTo("invalid_scope");
  }

  @Test
  void itsTextHoldsNoToken() {
    assertThat(TokenRequest.read(form, SERVICES).toString()).doesNotContain("token");
  }

  private String errorWith(String name, List<String> values) {
    Map<String, List<String>> changed = new HashMap<>(form);
    changed.put(name, values);
    String[] error = new String[1];
    assertThatExceptionOfType(TokenRefusal.class)
        .isThrownBy(() -> TokenRequest.read(changed, SERVICES))
        .satisfies(refusal -> error[0] = refusal.error());
    return error[0];
  }
}
