package uk.progressstream.log.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Names and ids of keys, as signed-note has them. */
final class KeyId {
  /** The one kind of signature that we make and take: Ed25519 over the text. */
  static final byte ED25519 = 1;

  private KeyId() {}

  /** The first four bytes of SHA-256(name, newline, kind, public key), big-endian. */
  static int of(String name, byte[] publicKey) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) '\n');
      digest.update(ED25519);
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
