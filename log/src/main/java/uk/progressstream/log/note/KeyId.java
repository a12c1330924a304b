package uk.progressstream.log.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Names and ids of keys, as signed-note has them. */
final class KeyId {
  /** A log's signature: Ed25519 over the text. */
  static final byte ED25519 = 1;

  /** A witness's signature: Ed25519 over time and text (C2SP tlog-cosignature). */
  static final byte COSIGNATURE = 4;

  private KeyId() {}

  /** The first four bytes of SHA-256(name, newline, kind, public key), big-endian. */
  static int of(String name, byte kind, byte[] publicKey) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) '\n');
      digest.update(kind);
      return ByteBuffer.wrap(digest.digest(publicKey)).getInt();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Whether a name is not empty and has neither a space of any alphabet nor a plus. */
  static boolean isName(String name) {
    return !name.isEmpty()
        && name.codePoints()
            .noneMatch(
                c ->
                    c == '+'
                        || c < ' '
                        || c == 0x85
                        || Character.isWhitespace(c)
                        || Character.isSpaceChar(c));
  }
}
