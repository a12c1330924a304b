package uk.progressstream.log.note;

import com.google.crypto.tink.subtle.Ed25519Verify;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import uk.progressstream.log.tree.CanonicalBase64;
import uk.progressstream.log.tree.NotVerifiedException;

/**
 * An Ed25519 public key with its name and what it signs, as signed-note's verifier keys carry it.
 *
 * @param name without spaces and plus signs
 * @param kind see {@link KeyId}
 * @param publicKey 32 bytes; never changed
 */
record NamedKey(String name, byte kind, byte[] publicKey) {
  private static final int PUBLIC_KEY_BYTES = 32;

  NamedKey {
    if (!KeyId.isName(name) || publicKey.length != PUBLIC_KEY_BYTES) {
      throw new IllegalArgumentException("no name or no key");
    }
  }

  /**
   * Reads {@link #text}.
   *
   * @throws NotVerifiedException for anything else; also where the id is not the key's, or the kind
   *     is another
   */
  static NamedKey of(String text, byte kind) {
    String[] part = text.strip().split("\\+", 3);
    if (part.length != 3) {
      throw new NotVerifiedException("a verifier key is <name>+<id>+<key>");
    }
    try {
      byte[] encoded = CanonicalBase64.decode(part[2]);
      if (encoded.length != 1 + PUBLIC_KEY_BYTES || encoded[0] != kind) {
        throw new NotVerifiedException("the verifier key is no Ed25519 key of its kind");
      }
      NamedKey key = new NamedKey(part[0], kind, Arrays.copyOfRange(encoded, 1, encoded.length));
      if (!key.idText().equals(part[1])) {
        throw new NotVerifiedException("the verifier key's id does not fit its name and key");
      }
      return key;
    } catch (IllegalArgumentException e) {
      throw new NotVerifiedException("not a verifier key", e);
    }
  }

  /** {@code <name>+<id, 8 hex digits>+<base64 of the kind and the key>}. */
  String text() {
    byte[] encoded = new byte[1 + PUBLIC_KEY_BYTES];
    encoded[0] = kind;
    System.arraycopy(publicKey, 0, encoded, 1, PUBLIC_KEY_BYTES);
    return name + "+" + idText() + "+" + CanonicalBase64.encode(encoded);
  }

  int id() {
    return KeyId.of(name, kind, publicKey);
  }

  boolean verifies(byte[] message, byte[] signature) {
    try {
      new Ed25519Verify(publicKey).verify(signature, message);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private String idText() {
    return String.format("%08x", id());
  }
}
