package uk.progressstream.log.note;

import com.google.crypto.tink.subtle.Ed25519Verify;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import uk.progressstream.log.tree.CanonicalBase64;
import uk.progressstream.log.tree.NotVerifiedException;

/** The public key of a log, by which anyone checks its notes. */
public final class VerifierKey {
  private static final int PUBLIC_KEY_BYTES = 32;

  private final String name;
  private final byte[] publicKey;

  VerifierKey(String name, byte[] publicKey) {
    if (!KeyId.isName(name) || publicKey.length != PUBLIC_KEY_BYTES) {
      throw new IllegalArgumentException("no name or no key of a log");
    }
    this.name = name;
    this.publicKey = publicKey.clone();
  }

  /**
   * Reads {@link #text}.
   *
   * @throws NotVerifiedException for anything else; also where the id is not the key's
   */
  public static VerifierKey of(String text) {
    String[] part = text.strip().split("\\+", 3);
    if (part.length != 3) {
      throw new NotVerifiedException("a verifier key is <name>+<id>+<key>");
    }
    try {
      byte[] encoded = CanonicalBase64.decode(part[2]);
      if (encoded.length != 1 + PUBLIC_KEY_BYTES || encoded[0] != KeyId.ED25519) {
        throw new NotVerifiedException("the verifier key is no Ed25519 key");
      }
      VerifierKey key = new VerifierKey(part[0], Arrays.copyOfRange(encoded, 1, encoded.length));
      if (!key.idText().equals(part[1])) {
        throw new NotVerifiedException("the verifier key's id does not fit its name and key");
      }
      return key;
    } catch (IllegalArgumentException e) {
      throw new NotVerifiedException("not a verifier key", e);
    }
  }

  /** {@code <name>+<id, 8 hex digits>+<base64 of the kind and the key>}. */
  public String text() {
    byte[] encoded = new byte[1 + PUBLIC_KEY_BYTES];
    encoded[0] = KeyId.ED25519;
    System.arraycopy(publicKey, 0, encoded, 1, PUBLIC_KEY_BYTES);
    return name + "+" + idText() + "+" + CanonicalBase64.encode(encoded);
  }

  /** The key's name; a log's is its origin. */
  public String name() {
    return name;
  }

  int id() {
    return KeyId.of(name, publicKey);
  }

  boolean verifies(String text, byte[] signature) {
    try {
      new Ed25519Verify(publicKey).verify(signature, text.getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private String idText() {
    return String.format("%08x", id());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof VerifierKey key && text().equals(key.text());
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}
