package uk.progressstream.platform.keys;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;

/**
 * One school's key-encryption key in a file. It is read for every use and never held, so that a
 * destroyed file is noticed at once.
 */
final class LocalKek implements Aead {
  private final KekFiles files;
  private final UUID school;

  LocalKek(KekFiles files, UUID school) {
    this.files = files;
    this.school = school;
  }

  /** Makes the key on its first use. */
  @Override
  public byte[] encrypt(byte[] plaintext, byte[] associatedData) throws GeneralSecurityException {
    try {
      if (!files.exists(school)) {
        files.createOnce(school, fresh());
      }
      return load().encrypt(plaintext, associatedData);
    } catch (IOException e) {
      throw new GeneralSecurityException("the school's key cannot be made", e);
    }
  }

  /**
   * Never makes a key: a new one could not open anything, it would only hide that the old is gone.
   */
  @Override
  public byte[] decrypt(byte[] ciphertext, byte[] associatedData) throws GeneralSecurityException {
    try {
      return load().decrypt(ciphertext, associatedData);
    } catch (IOException e) {
      throw new GeneralSecurityException("the school's key is not there", e);
    }
  }

  private Aead load() throws IOException, GeneralSecurityException {
    String json = new String(files.read(school), StandardCharsets.UTF_8);
    return TinkJsonProtoKeysetFormat.parseKeyset(json, InsecureSecretKeyAccess.get())
        .getPrimitive(RegistryConfiguration.get(), Aead.class);
  }

  private static byte[] fresh() throws GeneralSecurityException {
    KeysetHandle handle = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
    return TinkJsonProtoKeysetFormat.serializeKeyset(handle, InsecureSecretKeyAccess.get())
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The school, no key. */
  @Override
  public String toString() {
    return "LocalKek[school=" + school + "]";
  }
}
