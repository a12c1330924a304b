package uk.progressstream.log.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.progressstream.log.tree.NotVerifiedException;

/**
 * The public key of a witness, by which anyone checks its cosignatures: Ed25519, version 1 (C2SP
 * tlog-cosignature).
 */
public final class CosignerKey {
  private static final int TIME_BYTES = 8;

  private final NamedKey key;

  CosignerKey(String name, byte[] publicKey) {
    this(new NamedKey(name, KeyId.COSIGNATURE, publicKey.clone()));
  }

  private CosignerKey(NamedKey key) {
    this.key = key;
  }

  /**
   * Reads {@link #text}.
   *
   * @throws NotVerifiedException for anything else; also for a log's key
   */
  public static CosignerKey of(String text) {
    return new CosignerKey(NamedKey.of(text, KeyId.COSIGNATURE));
  }

  /** Its verifier key (vkey), kind 4. */
  public String text() {
    return key.text();
  }

  /** The witness's name. */
  public String name() {
    return key.name();
  }

  /** Whether it is the same key, under whatever name. */
  public boolean sameKeyAs(CosignerKey other) {
    return java.util.Arrays.equals(key.publicKey(), other.key.publicKey());
  }

  int id() {
    return key.id();
  }

  /** When it cosigned the text; nothing if the bytes are no cosignature of it. */
  Optional<Instant> cosigned(String text, byte[] cosignature) {
    if (cosignature.length <= TIME_BYTES) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(cosignature);
    long seconds = bytes.getLong();
    byte[] signature = new byte[bytes.remaining()];
    bytes.get(signature);
    return seconds >= 0
            && seconds <= Instant.MAX.getEpochSecond()
            && key.verifies(message(text, seconds), signature)
        ? Optional.of(Instant.ofEpochSecond(seconds))
        : Optional.empty();
  }

  /** What a cosigner signs. */
  static byte[] message(String text, long seconds) {
    return ("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CosignerKey that && text().equals(that.text());
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
