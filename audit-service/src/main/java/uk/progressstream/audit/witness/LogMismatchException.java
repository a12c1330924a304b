package uk.progressstream.audit.witness;

/** The log does not fit a checkpoint that the school saw. */
final class LogMismatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LogMismatchException() {
    super("the log does not fit a checkpoint that the school saw", null, false, false);
  }
}
