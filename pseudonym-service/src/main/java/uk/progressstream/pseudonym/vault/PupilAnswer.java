package uk.progressstream.pseudonym.vault;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the vault says to one entry of a request.
 *
 * @param psId the pupil's pseudonym; null for an unknown pupil
 * @param changed whether this entry made the pupil, or changed its class or postcode
 * @param classes ids of all the pupil's classes, sorted
 */
record PupilAnswer(@Nullable UUID psId, boolean changed, List<UUID> classes) {
  static final PupilAnswer UNKNOWN = new PupilAnswer(null, false, List.of());
}
