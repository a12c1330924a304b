package uk.progressstream.platform.outbox;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Which rows an event is about, without naming them: whoever holds the rows can compute it anew and
 * compare, and nobody can go back from it to the ids, which are random (RFC 9562, version 4).
 */
final class RowDigest {
  private static final Comparator<UUID> AS_BYTES =
      Comparator.<UUID>comparingLong(id -> id.getMostSignificantBits() + Long.MIN_VALUE)
          .thenComparingLong(id -> id.getLeastSignificantBits() + Long.MIN_VALUE);

  private RowDigest() {}

  /**
   * SHA-256 over the 16 bytes of each different id, in the order of these bytes, in lower-case hex;
   * of no ids, the digest of nothing.
   */
  static String of(Collection<UUID> ids) {
    UUID[] sorted = ids.stream().distinct().sorted(AS_BYTES).toArray(UUID[]::new);
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * 2);
    MessageDigest digest = sha256();
    for (UUID id : sorted) {
      bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()).flip();
      digest.update(bytes);
      bytes.clear();
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
