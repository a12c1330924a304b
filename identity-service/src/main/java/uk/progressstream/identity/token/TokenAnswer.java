package uk.progressstream.identity.token;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.stream.Collectors;

/**
 * What a token exchange answers (RFC 8693, section 2.2.1).
 *
 * @param expiresIn seconds
 * @param scope the permissions that were granted
 */
record TokenAnswer(
    @JsonProperty("access_token") String accessToken,
    @JsonProperty("issued_token_type") String issuedTokenType,
    @JsonProperty("token_type") String tokenType,
    @JsonProperty("expires_in") long expiresIn,
    String scope) {

  static TokenAnswer of(AccessToken token) {
    return new TokenAnswer(
        token.text(),
        TokenRequest.ACCESS_TOKEN,
        "Bearer",
        token.expiresInSeconds(),
        token.grant().permissions().stream().sorted().collect(Collectors.joining(" ")));
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "TokenAnswer[" + scope + "]";
  }
}
