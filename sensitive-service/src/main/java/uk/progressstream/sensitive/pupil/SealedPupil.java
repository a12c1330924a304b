package uk.progressstream.sensitive.pupil;

import java.util.UUID;

/** A row as it is read, before its fields are opened. */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
record SealedPupil(UUID psId, UUID school, UUID schoolClass, byte[] fieldsSealed) {

  /** Where a page ends, in the order of {@link PupilQuery}. */
  String cursor() {
    return schoolClass + "~" + psId;
  }
}
