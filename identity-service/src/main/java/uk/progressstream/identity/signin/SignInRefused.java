package uk.progressstream.identity.signin;

import java.util.Optional;

/**
 * An ID token is not good enough. The reason is for tests and metrics; whoever sent the token
 * learns no more than that it was refused. Only where everything about it was verified, and its
 * form alone falls short, do they learn what to set.
 */
public final class SignInRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final String advice;

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
    TIME,
    /** Genuine, and yet it does not say whom it stands for. */
    FORM
  }

  /** A refusal. */
  public SignInRefused(Reason reason) {
    this(reason, "");
  }

  private SignInRefused(Reason reason, String advice) {
    super(reason.name(), null, false, false);
    this.reason = reason;
    this.advice = advice;
  }

  /**
   * A genuine token of a form that does not do.
   *
   * @param advice what to set; holds nothing that came with the token
   */
  static SignInRefused ofForm(String advice) {
    return new SignInRefused(Reason.FORM, advice);
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** What to set; empty where that is nobody's business. */
  public Optional<String> advice() {
    return Optional.of(advice).filter(text -> !text.isEmpty());
  }
}
