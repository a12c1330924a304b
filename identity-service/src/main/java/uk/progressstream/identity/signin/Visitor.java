package uk.progressstream.identity.signin;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who an ID token that was verified stands for.
 *
 * @param key what the account is keyed on
 * @param organisation the domain or tenant that the provider itself vouches for; empty for an
 *     account that belongs to none, which no invitation fits
 * @param addresses what an invitation may be addressed to: e-mails that the provider vouches for,
 *     an app registration's id, or a service account's unique id; lower case
 * @param machine whether it is a service account or app registration
 * @param advice what to set so that the next token says more; empty where nothing is lacking
 */
public record Visitor(
    AccountKey key,
    Optional<String> organisation,
    Set<String> addresses,
    boolean machine,
    Optional<String> advice) {
  /**
   * Where all of Google's service accounts are; an invitation by unique id is one to this domain.
   */
  public static final String SERVICE_ACCOUNTS = "gserviceaccount.com";

  /** Keeps a copy. */
  public Visitor {
    addresses = Set.copyOf(addresses);
  }

  /** The domains or tenants that an invitation may be to. */
  public Set<String> realms() {
    boolean serviceAccount = machine && key.provider() == Provider.GOOGLE;
    return Stream.concat(
            organisation.stream(), serviceAccount ? Stream.of(SERVICE_ACCOUNTS) : Stream.empty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Without addresses. */
  @Override
  public String toString() {
    return "Visitor[" + key.provider().code() + (machine ? ", machine]" : "]");
  }
}
