package uk.progressstream.identity.signin;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A tenant of the allow-list, as one of its two issuers.
 *
 * @param name its {@code tid}, to the letter
 * @param issuers both, lower case: what {@code idp} says of those who belong to it
 * @param firstVersion whether its tokens are of version 1
 */
record MicrosoftTenant(String name, Set<String> issuers, boolean firstVersion) {
  static MicrosoftTenant of(String name, Set<String> issuers, boolean firstVersion) {
    return new MicrosoftTenant(
        name,
        issuers.stream()
            .map(each -> each.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet()),
        firstVersion);
  }

  /** What accounts and invitations call it. */
  String id() {
    return name.toLowerCase(Locale.ROOT);
  }

  boolean isOwn(String provider) {
    return issuers.contains(provider);
  }
}
