package uk.progressstream.log.tree;

/** Something of the log is malformed, or is not what the log's key vouches for. */
public final class NotVerifiedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The message says what was found; it holds nothing of a record. */
  public NotVerifiedException(String message) {
    super(message);
  }

  /** As above, with what led to it. */
  public NotVerifiedException(String message, Throwable cause) {
    super(message, cause);
  }
}
