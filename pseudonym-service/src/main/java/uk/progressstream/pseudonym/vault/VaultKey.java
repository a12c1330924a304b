package uk.progressstream.pseudonym.vault;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import uk.progressstream.platform.keys.FieldCipher;
import uk.progressstream.platform.keys.KeyPurpose;
import uk.progressstream.platform.keys.KeyedHash;

/**
 * The three data keys of one school that the vault works with.
 *
 * @param lookups finds enrollment ids
 * @param enrollmentIds seals them
 * @param postcodes hashes postcodes
 */
record VaultKey(KeyedHash lookups, FieldCipher enrollmentIds, KeyedHash postcodes) {
  static final KeyPurpose LOOKUP = KeyPurpose.hashing("lookup");
  static final KeyPurpose ENROLLMENT_ID = KeyPurpose.sealing("enrollment-id");
  static final KeyPurpose POSTCODE = KeyPurpose.hashing("postcode");

  Lookup lookup(EnrollmentId id) {
    return new Lookup(lookups.of("lookup", id.text()));
  }

  byte[] seal(EnrollmentId id, UUID psId) {
    byte[] text = id.padded().getBytes(StandardCharsets.UTF_8);
    return enrollmentIds.seal("enrollment_id_sealed", psId, text);
  }

  byte[] hash(Postcode postcode) {
    return postcodes.of("postcode_hash", postcode.text());
  }
}
