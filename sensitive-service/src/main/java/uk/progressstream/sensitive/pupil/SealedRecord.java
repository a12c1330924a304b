package uk.progressstream.sensitive.pupil;

import java.util.Set;
import java.util.UUID;

/**
 * The record of one pupil as it is stored, once per class.
 *
 * @param psId the pupil's pseudonym
 * @param classes ids of every class that the pupil is in
 * @param fieldsSealed all fields, encrypted
 * @param fieldsDigest keyed digest of the fields and the {@code psId}
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
record SealedRecord(UUID psId, Set<UUID> classes, byte[] fieldsSealed, byte[] fieldsDigest) {}
