package uk.progressstream.sensitive.pupil;

import java.util.Set;
import java.util.UUID;

/**
 * The record of one pupil on its way in.
 *
 * @param psId the pupil's pseudonym
 * @param classes ids of every class that the pupil is in, at least one
 * @param fields checked
 */
record IncomingRecord(UUID psId, Set<UUID> classes, SensitiveFields fields) {

  /** The same with what was said earlier where it says nothing. */
  IncomingRecord over(SensitiveFields earlier) {
    return new IncomingRecord(psId, classes, fields.over(earlier));
  }
}
