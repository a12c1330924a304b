package uk.progressstream.identity.request;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.problem.Problem;

/**
 * Ids of what a POST creates. With an {@code Idempotency-Key} the id follows from who sends it, for
 * what and with which key: the same request twice, on whichever replica, is one and the same row,
 * and nothing has to be remembered for it.
 */
public final class CreationId {
  /** The header. */
  public static final String HEADER = "Idempotency-Key";

  private static final int KEY_LENGTH_MAX = 128;

  private CreationId() {}

  /**
   * An id: random without a key, else a UUID of version 8 (RFC 9562) out of a SHA-256 hash.
   *
   * @param key the header, if any
   * @param account who sends the request
   * @param what is created, and where
   * @throws Problem 400 for a key that is empty, too long or not printable ASCII
   */
  public static UUID of(@Nullable String key, UUID account, String what) {
    if (key == null) {
      return UUID.randomUUID();
    }
    if (key.isEmpty()
        || key.length() > KEY_LENGTH_MAX
        || !key.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw Problem.badRequest(
          "bad-idempotency-key",
          "Idempotency-Key not understood",
          "Send 1 to 128 printable characters, a new key for each new thing.");
    }
    ByteBuffer hash = ByteBuffer.wrap(sha256(account + "|" + what + "|" + key));
    long high = (hash.getLong() & 0xffffffffffff0fffL) | 0x8000L;
    long low = (hash.getLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low);
  }

  /**
   * The same key for something else: 409, and nothing was changed. It is the answer, too, where the
   * id is taken out of the caller's sight, so that nobody learns whose it is.
   */
  public static Problem usedBefore() {
    return Problem.conflict(
        "idempotency-key-used",
        "Idempotency-Key used before",
        "This key came with another request before; send a new one.");
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
