package uk.progressstream.log.commitment;

import com.google.crypto.tink.subtle.PrfHmacJce;
import com.google.crypto.tink.subtle.Random;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.spec.SecretKeySpec;

/**
 * An entry of the log: HMAC-SHA-256 over a record under a random salt. It binds the log to the
 * record and tells nobody what it was; once the salt is destroyed, not even by guessing.
 *
 * @param salt 32 random bytes
 * @param entry 32 bytes
 */
public record Commitment(byte[] salt, byte[] entry) {
  /** Length of the salt in bytes. */
  public static final int SALT_BYTES = 32;

  private static final int ENTRY_BYTES = 32;

  /** Commits to a record with a fresh salt. */
  public static Commitment to(String canonicalRecord) {
    return of(Random.randBytes(SALT_BYTES), canonicalRecord);
  }

  /** Recomputes the commitment that a salt and a record give. */
  public static Commitment of(byte[] salt, String canonicalRecord) {
    if (salt.length != SALT_BYTES) {
      throw new IllegalArgumentException("a salt has 32 bytes");
    }
    try {
      PrfHmacJce hmac = new PrfHmacJce("HMACSHA256", new SecretKeySpec(salt, "HMAC"));
      byte[] message = canonicalRecord.getBytes(StandardCharsets.UTF_8);
      return new Commitment(salt.clone(), hmac.compute(message, ENTRY_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot commit", e);
    }
  }

  /** Without the salt. */
  @Override
  public String toString() {
    return "Commitment";
  }
}
