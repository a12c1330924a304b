package uk.progressstream.identity.errand;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * A purpose that scopes are issued for with nobody of the school at the keyboard. Its permission is
 * of its own kind: no row policy takes it for a person's.
 */
enum Errand {
  /** Dumps one school's rows (policy D10). */
  BACKUP("backup", "backup", "backup:read", true, Set.of()),
  /** Asks for the purpose-bound join of one school's rows (policy D7). */
  PREDICTION("prediction", "prediction", "prediction:join", true, Set.of()),
  /** The first hour of a breach (policy B1): counts per actor and class out of the log, no row. */
  BREACH_SCOPE("breach-scope", "breach", "audit:blast-radius", false, Set.of("audit"));

  private final String purpose;
  private final String peer;
  private final String permission;
  private final boolean onConsent;
  private final Set<String> audience;

  Errand(String purpose, String peer, String permission, boolean onConsent, Set<String> audience) {
    this.purpose = purpose;
    this.peer = peer;
    this.permission = permission;
    this.onConsent = onConsent;
    this.audience = audience;
  }

  /** The errand of a purpose; empty for any other word. */
  static Optional<Errand> of(String purpose) {
    return Arrays.stream(values()).filter(each -> each.purpose.equals(purpose)).findFirst();
  }

  String purpose() {
    return purpose;
  }

  /** The one job or service whose account its scopes are for: the name in its certificate. */
  String peer() {
    return peer;
  }

  Set<String> permissions() {
    return Set.of(permission);
  }

  /** Whether the school's admin must consent, once; else an officer must send it. */
  boolean onConsent() {
    return onConsent;
  }

  /** Services that its tokens are for; empty for all of them. */
  Set<String> audience() {
    return audience;
  }
}
