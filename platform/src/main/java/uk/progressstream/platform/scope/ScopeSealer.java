package uk.progressstream.platform.scope;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Mac;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.mac.HmacKey;
import com.google.crypto.tink.mac.HmacParameters;
import com.google.crypto.tink.mac.MacConfig;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

/**
 * Seals scopes for one service: HMAC-SHA-256 with a key that only identity and that database hold.
 */
public final class ScopeSealer {
  private static final int KEY_BYTES = 32;

  private final int keyId;
  private final Mac mac;

  private ScopeSealer(int keyId, Mac mac) {
    this.keyId = keyId;
    this.mac = mac;
  }

  /**
   * A sealer with the given key.
   *
   * @param keyId id of the key, as in the database's {@code scope.seal_key}
   * @param key 32 bytes
   * @throws IllegalArgumentException if the key has another length
   */
  @AccessesPartialKey
  public static ScopeSealer of(int keyId, byte[] key) {
    try {
      MacConfig.register();
      HmacParameters parameters =
          HmacParameters.builder()
              .setKeySizeBytes(KEY_BYTES)
              .setTagSizeBytes(32)
              .setHashType(HmacParameters.HashType.SHA256)
              .setVariant(HmacParameters.Variant.NO_PREFIX)
              .build();
      HmacKey hmacKey =
          HmacKey.builder()
              .setParameters(parameters)
              .setKeyBytes(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()))
              .build();
      KeysetHandle handle =
          KeysetHandle.newBuilder()
              .addEntry(KeysetHandle.importKey(hmacKey).withRandomId().makePrimary())
              .build();
      return new ScopeSealer(keyId, handle.getPrimitive(RegistryConfiguration.get(), Mac.class));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not a seal key", e);
    }
  }

  /** The seal over a canonical text. */
  public String seal(String scopeText) {
    try {
      byte[] tag = mac.computeMac(scopeText.getBytes(StandardCharsets.UTF_8));
      return keyId + "." + HexFormat.of().formatHex(tag);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot seal", e);
    }
  }
}
