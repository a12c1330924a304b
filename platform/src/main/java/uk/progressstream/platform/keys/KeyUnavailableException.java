package uk.progressstream.platform.keys;

/**
 * A key is not there, was destroyed, or does not fit what it should open. The message never names a
 * value or a key.
 */
public final class KeyUnavailableException extends RuntimeException {

  KeyUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  KeyUnavailableException(String message) {
    super(message);
  }
}
