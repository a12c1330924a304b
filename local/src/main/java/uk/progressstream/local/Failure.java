package uk.progressstream.local;

/** Something that a person can do something about; its message is the one line that they see. */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure that explains itself. */
  public Failure(String message) {
    super(message);
  }

  /** A failure with what caused it, for the verbose output. */
  public Failure(String message, Throwable cause) {
    super(message, cause);
  }
}
