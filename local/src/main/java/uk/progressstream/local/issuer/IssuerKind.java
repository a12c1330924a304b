package uk.progressstream.local.issuer;

/** Which of the two stand-ins. */
public enum IssuerKind {
  /** Google-like: {@code sub}, {@code email}, {@code email_verified}, {@code hd}. */
  GOOGLE,
  /** Microsoft-like: a tenant's issuer, {@code tid}, {@code oid}, {@code preferred_username}. */
  MICROSOFT
}
