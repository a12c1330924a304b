package uk.progressstream.identity.token;

/**
 * The token endpoint's own kind of refusal (RFC 6749, section 5.2; RFC 8693, section 2.2.2). The
 * description helps whoever writes a client and tells nothing about an account.
 */
public final class TokenRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String error;
  private final int retryAfterSeconds;

  private TokenRefusal(int status, String error, String description, int retryAfterSeconds) {
    super(description, null, false, false);
    this.status = status;
    this.error = error;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** Something in the request is missing or wrong, its subject token included. */
  static TokenRefusal invalidRequest(String description) {
    return new TokenRefusal(400, "invalid_request", description, 0);
  }

  /** Another grant than token exchange. */
  static TokenRefusal unsupportedGrantType() {
    return new TokenRefusal(400, "unsupported_grant_type", "this endpoint does token exchange", 0);
  }

  /** The scope is not understood, or holds nothing that may be given. */
  static TokenRefusal invalidScope(String description) {
    return new TokenRefusal(400, "invalid_scope", description, 0);
  }

  /** An audience that is none of ours. */
  static TokenRefusal invalidTarget() {
    return new TokenRefusal(400, "invalid_target", "audience names services of this system", 0);
  }

  /** What the answer hangs on does not answer. */
  static TokenRefusal unavailable(int retryAfterSeconds) {
    return new TokenRefusal(503, "temporarily_unavailable", "try again later", retryAfterSeconds);
  }

  /** Too many requests (RFC 6585, section 4). */
  static TokenRefusal tooMany(int retryAfterSeconds) {
    return new TokenRefusal(429, "temporarily_unavailable", "too many requests", retryAfterSeconds);
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  /** The error code. */
  public String error() {
    return error;
  }

  /** Text for people. */
  public String description() {
    String description = getMessage();
    return description == null ? "" : description;
  }

  /** Seconds for {@code Retry-After}; 0 for none. */
  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
