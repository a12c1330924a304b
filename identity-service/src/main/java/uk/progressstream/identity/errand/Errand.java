package uk.progressstream.identity.errand;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * A purpose that scopes are issued for without a person of the school. Which service runs it is
 * checked by its certificate, who started it by the token that travels along.
 */
enum Errand {
  /** The first hour of a breach (policy B1): counts per actor and class out of the log, no row. */
  BREACH_SCOPE("breach-scope", "breach", Set.of("audit:blast-radius"));

  private final String purpose;
  private final String service;
  private final Set<String> permissions;

  Errand(String purpose, String service, Set<String> permissions) {
    this.purpose = purpose;
    this.service = service;
    this.permissions = permissions;
  }

  static Optional<Errand> of(String purpose) {
    return Arrays.stream(values()).filter(each -> each.purpose.equals(purpose)).findFirst();
  }

  String purpose() {
    return purpose;
  }

  /** The one service whose account its scopes are for. */
  String service() {
    return service;
  }

  Set<String> permissions() {
    return permissions;
  }
}
