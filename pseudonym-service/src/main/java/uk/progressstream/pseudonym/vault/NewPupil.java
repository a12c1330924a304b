package uk.progressstream.pseudonym.vault;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a pupil that the vault does not know yet.
 *
 * @param psId a fresh random id; it stands only if the pupil is new indeed
 * @param lookup keyed hash of the enrollment id
 * @param enrollmentIdSealed the enrollment id, sealed for this {@code psId}
 * @param postcodeHash keyed hash of the postcode, or null
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
record NewPupil(
    UUID psId, Lookup lookup, byte[] enrollmentIdSealed, byte @Nullable [] postcodeHash) {}
