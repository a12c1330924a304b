package uk.progressstream.identity.signin;

/**
 * What an account is keyed on, for good: never an e-mail.
 *
 * @param provider who vouches
 * @param realm Google: the issuer; Microsoft: the tenant's id
 * @param subject Google: {@code sub}; Microsoft: {@code oid}
 */
public record AccountKey(Provider provider, String realm, String subject) {

  /** Without the subject. */
  @Override
  public String toString() {
    return "AccountKey[" + provider.code() + "]";
  }
}
