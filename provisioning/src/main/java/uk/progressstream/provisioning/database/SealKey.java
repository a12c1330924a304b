package uk.progressstream.provisioning.database;

import java.util.Base64;

/**
 * The key under which identity seals scopes for one service.
 *
 * @param id its number in {@code scope.seal_key}
 * @param secret 32 bytes
 */
@SuppressWarnings("ArrayRecordComponent")
public record SealKey(int id, byte[] secret) {

  /** The secret as Base64, for identity's file of keys. */
  public String base64() {
    return Base64.getEncoder().encodeToString(secret);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "SealKey[" + id + "]";
  }
}
