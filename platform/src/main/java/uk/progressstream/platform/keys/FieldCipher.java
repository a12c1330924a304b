package uk.progressstream.platform.keys;

import com.google.crypto.tink.Aead;
import java.security.GeneralSecurityException;
import java.util.UUID;

/**
 * Seals and opens the fields of one school for one purpose. What was sealed opens only at the same
 * school, purpose, column and row: whoever moves a value in the database makes it unreadable.
 */
public final class FieldCipher implements SchoolKey {
  private final KeyName name;
  private final Aead aead;

  FieldCipher(KeyName name, Aead aead) {
    this.name = name;
    this.aead = aead;
  }

  /**
   * Seals a value. The same value sealed twice gives two different results.
   *
   * @param column where it will be stored
   * @param row id of the row or pupil that it belongs to
   */
  public byte[] seal(String column, UUID row, byte[] plain) {
    try {
      return aead.encrypt(plain, name.asValue(column, row));
    } catch (GeneralSecurityException e) {
      throw new KeyUnavailableException("cannot seal", e);
    }
  }

  /**
   * Opens what {@link #seal} made.
   *
   * @throws KeyUnavailableException if it was altered, moved, or sealed under another key
   */
  public byte[] open(String column, UUID row, byte[] sealed) {
    try {
      return aead.decrypt(sealed, name.asValue(column, row));
    } catch (GeneralSecurityException e) {
      throw new KeyUnavailableException("cannot open a sealed value", e);
    }
  }

  UUID school() {
    return name.school();
  }

  /** School and purpose, no key. */
  @Override
  public String toString() {
    return "FieldCipher[" + name + "]";
  }
}
