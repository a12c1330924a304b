package uk.progressstream.identity.signin;

/**
 * An ID token is not good enough. The reason is for tests and metrics; whoever sent the token
 * learns no more than that it was refused.
 */
public final class SignInRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why a token was refused. */
  public enum Reason {
    /** No JWT, or one without what it must have. */
    UNREADABLE,
    /** Of an issuer or tenant that is not ours to trust. */
    ISSUER,
    /** Signed with a key or algorithm that the issuer does not sign with, or not signed. */
    SIGNATURE,
    /** For another audience. */
    AUDIENCE,
    /** Expired, or not valid yet. */
    TIME
  }

  /** A refusal. */
  public SignInRefused(Reason reason) {
    super(reason.name(), null, false, false);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
