package uk.progressstream.audit.intake;

/** An event that the log does not take. It names a rule, never a value. */
final class RefusedEventException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String rule;

  RefusedEventException(String rule) {
    super(rule, null, false, false);
    this.rule = rule;
  }

  String rule() {
    return rule;
  }
}
