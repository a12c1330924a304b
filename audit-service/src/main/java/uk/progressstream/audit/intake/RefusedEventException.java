package uk.progressstream.audit.intake;

/** An event that the log does not take. The message names a rule, never a value. */
final class RefusedEventException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedEventException(String rule) {
    super(rule, null, false, false);
  }
}
