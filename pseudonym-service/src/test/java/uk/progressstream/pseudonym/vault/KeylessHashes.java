package uk.progressstream.pseudonym.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Hashes that anyone can compute who has the database and this source code, but no key. */
final class KeylessHashes {
  private final MessageDigest sha256;
  private final Mac underSchoolId;
  private final Mac underWrappedKey;
  private final Mac underZeroes;
  private final String place;

  KeylessHashes(UUID school, byte[] wrappedKey, String purpose, String column) {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
      underSchoolId = mac(school.toString().getBytes(StandardCharsets.UTF_8));
      underWrappedKey = mac(wrappedKey);
      underZeroes = mac(new byte[32]);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    // What the vault puts before a value.
    place = String.join("|", "ps1", "value", school.toString(), purpose, column, "-", "");
  }

  /** The hash that a table without a key would hold. */
  ByteBuffer plain(String value) {
    return ByteBuffer.wrap(sha256.digest(bytes(value)));
  }

  /** All of them. */
  List<ByteBuffer> of(String value) {
    return List.of(
        plain(value),
        plain(value.replace(" ", "")),
        plain(value.toLowerCase(Locale.ROOT)),
        plain(place + value),
        ByteBuffer.wrap(underSchoolId.doFinal(bytes(value))),
        ByteBuffer.wrap(underSchoolId.doFinal(bytes(place + value))),
        ByteBuffer.wrap(underWrappedKey.doFinal(bytes(place + value))),
        ByteBuffer.wrap(underZeroes.doFinal(bytes(place + value))));
  }

  private static Mac mac(byte[] key) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
