package uk.progressstream.platform.keys;

import com.google.crypto.tink.prf.PrfSet;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * HMAC-SHA-256 of the values of one school for one purpose. Equal values of a school hash alike;
 * without the school's key nobody can tell which value a hash stands for, not even by trying all.
 */
public final class KeyedHash implements SchoolKey {
  /** Length of every hash. */
  public static final int HASH_BYTES = 32;

  private final KeyName name;
  private final PrfSet prf;

  KeyedHash(KeyName name, PrfSet prf) {
    this.name = name;
    this.prf = prf;
  }

  /** The hash of a value that may occur in several rows and is alike in all of them. */
  public byte[] of(String column, String value) {
    return compute(column, null, value.getBytes(StandardCharsets.UTF_8));
  }

  /** The hash of a value bound to one row: equal values of two rows hash differently. */
  public byte[] ofRow(String column, UUID row, byte[] value) {
    return compute(column, row, value);
  }

  private byte[] compute(String column, @Nullable UUID row, byte[] value) {
    byte[] place = name.asValue(column, row);
    // The separator cannot occur in the place, so the last part is the value and nothing else.
    byte[] input =
        ByteBuffer.allocate(place.length + 1 + value.length)
            .put(place)
            .put((byte) '|')
            .put(value)
            .array();
    try {
      return prf.computePrimary(input, HASH_BYTES);
    } catch (GeneralSecurityException e) {
      throw new KeyUnavailableException("cannot hash", e);
    }
  }

  /** School and purpose, no key. */
  @Override
  public String toString() {
    return "KeyedHash[" + name + "]";
  }
}
