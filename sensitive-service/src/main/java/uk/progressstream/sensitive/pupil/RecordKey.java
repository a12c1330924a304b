package uk.progressstream.sensitive.pupil;

import java.util.UUID;
import uk.progressstream.platform.keys.FieldCipher;
import uk.progressstream.platform.keys.KeyPurpose;
import uk.progressstream.platform.keys.KeyedHash;

/**
 * The two data keys of one school.
 *
 * @param fields seals records
 * @param digests tells a changed record from an unchanged one
 */
record RecordKey(FieldCipher fields, KeyedHash digests) {
  static final KeyPurpose FIELDS = KeyPurpose.sealing("sensitive");
  static final KeyPurpose DIGESTS = KeyPurpose.hashing("sensitive-digest");
  private static final String COLUMN_FIELDS = "fields_sealed";
  private static final String COLUMN_DIGEST = "fields_digest";

  SealedRecord seal(IncomingRecord record) {
    byte[] canonical = record.fields().canonical();
    return new SealedRecord(
        record.psId(),
        record.classes(),
        fields.seal(COLUMN_FIELDS, record.psId(), canonical),
        digests.ofRow(COLUMN_DIGEST, record.psId(), canonical));
  }

  SensitiveFields open(UUID psId, byte[] sealed) {
    return open(fields, psId, sealed);
  }

  static SensitiveFields open(FieldCipher cipher, UUID psId, byte[] sealed) {
    return SensitiveFields.of(cipher.open(COLUMN_FIELDS, psId, sealed));
  }
}
