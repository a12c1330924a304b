package uk.progressstream.log.note;

import com.google.crypto.tink.subtle.Ed25519Sign;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import uk.progressstream.log.tree.CanonicalBase64;

/** Signs notes with a log's private key. */
public final class NoteSigner {
  /** Bytes of the seed that an Ed25519 private key is made from (RFC 8032). */
  public static final int SEED_BYTES = 32;

  private static final int ID_BYTES = 4;

  private final VerifierKey key;
  private final Ed25519Sign signature;

  private NoteSigner(VerifierKey key, Ed25519Sign signature) {
    this.key = key;
    this.signature = signature;
  }

  /**
   * A signer.
   *
   * @param name of the key, for a log its origin
   * @param seed 32 bytes
   * @throws IllegalArgumentException if either is not
   */
  public static NoteSigner of(String name, byte[] seed) {
    try {
      Ed25519Sign.KeyPair pair = Ed25519Sign.KeyPair.newKeyPairFromSeed(seed);
      return new NoteSigner(
          new VerifierKey(name, pair.getPublicKey()), new Ed25519Sign(pair.getPrivateKey()));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not a seed of 32 bytes", e);
    }
  }

  /** What others check its notes with. */
  public VerifierKey verifierKey() {
    return key;
  }

  /**
   * Text, blank line and signature.
   *
   * @param text ends in a newline
   */
  public String sign(String text) {
    if (!text.endsWith("\n")) {
      throw new IllegalArgumentException("the text of a note ends in a newline");
    }
    try {
      byte[] signed = signature.sign(text.getBytes(StandardCharsets.UTF_8));
      byte[] line =
          ByteBuffer.allocate(ID_BYTES + signed.length).putInt(key.id()).put(signed).array();
      return text + "\n" + SignedNote.DASH + key.name() + " " + CanonicalBase64.encode(line) + "\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign", e);
    }
  }

  /** The public key alone. */
  @Override
  public String toString() {
    return "NoteSigner[" + key + "]";
  }
}
