package uk.progressstream.log.note;

import com.google.crypto.tink.subtle.Ed25519Sign;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import uk.progressstream.log.tree.CanonicalBase64;

/** Cosigns checkpoints with a witness's private key (C2SP tlog-cosignature, Ed25519). */
public final class Cosigner {
  private final CosignerKey key;
  private final Ed25519Sign signature;

  private Cosigner(CosignerKey key, Ed25519Sign signature) {
    this.key = key;
    this.signature = signature;
  }

  /**
   * A cosigner.
   *
   * @param name of the witness, such as {@code witness.school.example/w1}
   * @param seed 32 bytes; a key that signs nothing else
   * @throws IllegalArgumentException if either is not
   */
  public static Cosigner of(String name, byte[] seed) {
    try {
      Ed25519Sign.KeyPair pair = Ed25519Sign.KeyPair.newKeyPairFromSeed(seed);
      return new Cosigner(
          new CosignerKey(name, pair.getPublicKey()), new Ed25519Sign(pair.getPrivateKey()));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not a seed of 32 bytes", e);
    }
  }

  /** What others check its cosignatures with. */
  public CosignerKey key() {
    return key;
  }

  /**
   * The line to add to a checkpoint, newline at the end.
   *
   * @param text of the checkpoint, without signatures
   * @param now when; whole seconds count
   */
  public String line(String text, Instant now) {
    long seconds = now.getEpochSecond();
    try {
      byte[] signed = signature.sign(CosignerKey.message(text, seconds));
      byte[] bytes =
          ByteBuffer.allocate(Integer.BYTES + Long.BYTES + signed.length)
              .putInt(key.id())
              .putLong(seconds)
              .put(signed)
              .array();
      return SignedNote.DASH + key.name() + " " + CanonicalBase64.encode(bytes) + "\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign", e);
    }
  }

  /** The public key alone. */
  @Override
  public String toString() {
    return "Cosigner[" + key + "]";
  }
}
