package uk.progressstream.identity.errand;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * A purpose that a school's admin can consent to once, for a job that nobody starts. Its permission
 * is of its own kind: no row policy takes it for a person's.
 */
enum StandingErrand {
  /** Dumps one school's rows (policy D10). */
  BACKUP("backup", "backup:read"),
  /** Asks for the purpose-bound join of one school's rows (policy D7). */
  PREDICTION("prediction", "prediction:join");

  private final String purpose;
  private final String permission;

  StandingErrand(String purpose, String permission) {
    this.purpose = purpose;
    this.permission = permission;
  }

  /** The errand of a purpose; empty for any other word. */
  static Optional<StandingErrand> of(String purpose) {
    return Arrays.stream(values()).filter(each -> each.purpose.equals(purpose)).findFirst();
  }

  String purpose() {
    return purpose;
  }

  /** The one job whose account its scopes are for: the name in its certificate. */
  String job() {
    return purpose;
  }

  Set<String> permissions() {
    return Set.of(permission);
  }
}
