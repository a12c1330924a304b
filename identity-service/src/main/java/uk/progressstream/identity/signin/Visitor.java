package uk.progressstream.identity.signin;

import java.util.Optional;
import java.util.Set;

/**
 * Who an ID token that was verified stands for.
 *
 * @param key what the account is keyed on
 * @param organisation the domain or tenant that the provider itself vouches for; empty for an
 *     account that belongs to none, which no invitation fits
 * @param addresses what an invitation may be addressed to: e-mails that the provider vouches for,
 *     or an app registration's id; lower case
 * @param machine whether it is a service account or app registration
 */
public record Visitor(
    AccountKey key, Optional<String> organisation, Set<String> addresses, boolean machine) {
  /** Keeps a copy. */
  public Visitor {
    addresses = Set.copyOf(addresses);
  }

  /** Without addresses. */
  @Override
  public String toString() {
    return "Visitor[" + key.provider().code() + (machine ? ", machine]" : "]");
  }
}
