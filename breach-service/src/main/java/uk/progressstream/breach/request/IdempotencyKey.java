package uk.progressstream.breach.request;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.problem.Problem;

/**
 * What makes a repeated POST the same one.
 *
 * @param text 1 to 128 printable ASCII characters
 */
public record IdempotencyKey(String text) {
  /** Its header. */
  public static final String HEADER = "Idempotency-Key";

  private static final String FORM = "[!-~]{1,128}";

  /**
   * The key of a request; one that is used once where the request names none.
   *
   * @throws Problem 400 for a key of another form
   */
  public static IdempotencyKey of(@Nullable String header) {
    if (header == null) {
      return new IdempotencyKey(UUID.randomUUID().toString());
    }
    if (!header.matches(FORM)) {
      throw Problem.badRequest(
          "idempotency-key",
          "Idempotency-Key refused",
          "Idempotency-Key has 1 to 128 printable ASCII characters.");
    }
    return new IdempotencyKey(header);
  }

  /** The problem of a key that came before with another body. */
  public static Problem reused() {
    return new Problem(
        422,
        "idempotency-key-reused",
        "Idempotency-Key used before",
        "This key belongs to a request with another body; take a new key.");
  }
}
