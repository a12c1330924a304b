package uk.progressstream.identity.signin;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * What an account is keyed on, for good: never an e-mail.
 *
 * @param provider who vouches
 * @param realm Google: the issuer; Microsoft: the tenant's id
 * @param subject Google: {@code sub}; Microsoft: {@code oid}
 */
public record AccountKey(Provider provider, String realm, String subject) {

  /** By which work is counted that is done before the account itself is known. */
  public UUID counted() {
    return UUID.nameUUIDFromBytes(
        (provider.code() + " " + realm + " " + subject).getBytes(StandardCharsets.UTF_8));
  }

  /** Without the subject. */
  @Override
  public String toString() {
    return "AccountKey[" + provider.code() + "]";
  }
}
