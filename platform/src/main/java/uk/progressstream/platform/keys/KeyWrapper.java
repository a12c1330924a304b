package uk.progressstream.platform.keys;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.KmsClient;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.prf.PrfConfig;
import com.google.crypto.tink.prf.PrfSet;
import java.security.GeneralSecurityException;

/**
 * Makes data keys, wraps them under their school's key-encryption key, and unwraps them. Every
 * method may block: the key-encryption key can be a network away.
 */
final class KeyWrapper {
  private final KmsClient kms;
  private final String uriPrefix;

  /**
   * @param kms where the schools' key-encryption keys are
   * @param uriPrefix to which a school's id is added for the address of its key
   */
  KeyWrapper(KmsClient kms, String uriPrefix) throws GeneralSecurityException {
    AeadConfig.register();
    PrfConfig.register();
    this.kms = kms;
    this.uriPrefix = uriPrefix;
  }

  /** A fresh data key, wrapped. */
  byte[] wrapNew(KeyName name) {
    try {
      KeysetHandle handle = KeysetHandle.generateNew(name.purpose().kind().parameters());
      return TinkProtoKeysetFormat.serializeEncryptedKeyset(handle, kek(name), name.asWrapped());
    } catch (GeneralSecurityException e) {
      throw new KeyUnavailableException("cannot make a data key", e);
    }
  }

  /**
   * Opens a data key.
   *
   * @throws KeyUnavailableException if the school's key is gone, or the wrapped key is another's
   */
  SchoolKey unwrap(KeyName name, byte[] wrapped) {
    try {
      KeysetHandle handle =
          TinkProtoKeysetFormat.parseEncryptedKeyset(wrapped, kek(name), name.asWrapped());
      return switch (name.purpose().kind()) {
        case SEALING ->
            new FieldCipher(name, handle.getPrimitive(RegistryConfiguration.get(), Aead.class));
        case HASHING ->
            new KeyedHash(name, handle.getPrimitive(RegistryConfiguration.get(), PrfSet.class));
      };
    } catch (GeneralSecurityException e) {
      throw new KeyUnavailableException("cannot open a data key", e);
    }
  }

  private Aead kek(KeyName name) throws GeneralSecurityException {
    return kms.getAead(uriPrefix + name.school());
  }
}
