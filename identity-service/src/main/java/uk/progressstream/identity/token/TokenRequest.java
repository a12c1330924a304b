package uk.progressstream.identity.token;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.grant.Wish;

/**
 * A token exchange request (RFC 8693, section 2.1).
 *
 * @param subjectToken an ID token of Google or Microsoft
 * @param wish what its {@code scope} narrows to
 * @param audience services that the token shall be for; empty for all
 */
record TokenRequest(String subjectToken, Wish wish, Set<String> audience) {
  private static final String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:token-exchange";
  private static final String TYPE = "urn:ietf:params:oauth:token-type:";
  static final String ID_TOKEN = TYPE + "id_token";
  static final String ACCESS_TOKEN = TYPE + "access_token";
  private static final Set<String> WHAT_IS_ISSUED = Set.of(ACCESS_TOKEN, TYPE + "jwt");

  /** Without the token. */
  @Override
  public String toString() {
    return "TokenRequest";
  }

  /**
   * Reads the form fields.
   *
   * @param services names that an audience may have
   * @throws TokenRefusal as the two RFCs say
   */
  static TokenRequest read(Map<String, List<String>> form, Set<String> services) {
    Fields fields = new Fields(form);
    String grantType = fields.require("grant_type");
    if (!grantType.equals(GRANT_TYPE)) {
      throw TokenRefusal.unsupportedGrantType();
    }
    String subjectToken = fields.require("subject_token");
    if (!fields.require("subject_token_type").equals(ID_TOKEN)) {
      throw TokenRefusal.invalidRequest("subject_token_type must be " + ID_TOKEN);
    }
    if (fields.optional("actor_token") != null || fields.optional("actor_token_type") != null) {
      throw TokenRefusal.invalidRequest("actor_token is not supported");
    }
    String requested = fields.optional("requested_token_type");
    if (requested != null && !WHAT_IS_ISSUED.contains(requested)) {
      throw TokenRefusal.invalidRequest("requested_token_type must be " + ACCESS_TOKEN);
    }
    Wish wish =
        Wish.read(fields.optional("scope"))
            .orElseThrow(() -> TokenRefusal.invalidScope("scope is not understood"));
    return new TokenRequest(subjectToken, wish, audience(fields, services));
  }

  private static Set<String> audience(Fields fields, Set<String> services) {
    Set<String> audience = Set.copyOf(fields.all("audience"));
    if (!fields.all("resource").isEmpty() || !services.containsAll(audience)) {
      throw TokenRefusal.invalidTarget();
    }
    return audience;
  }

  /** A field without a value counts as left out; only audience and resource may repeat. */
  private record Fields(Map<String, List<String>> form) {
    List<String> all(String name) {
      return form.getOrDefault(name, List.of()).stream().filter(each -> !each.isEmpty()).toList();
    }

    @Nullable String optional(String name) {
      List<String> values = all(name);
      if (values.size() > 1) {
        throw TokenRefusal.invalidRequest(name + " must not be repeated");
      }
      return values.isEmpty() ? null : values.get(0);
    }

    String require(String name) {
      String value = optional(name);
      if (value == null) {
        throw TokenRefusal.invalidRequest(name + " is missing");
      }
      return value;
    }
  }
}
