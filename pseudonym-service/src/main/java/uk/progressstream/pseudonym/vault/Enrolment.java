package uk.progressstream.pseudonym.vault;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of an upload of pupils.
 *
 * @param enrollmentId who
 * @param schoolClass id of a class that the pupil is in
 * @param postcode where the pupil lives; null for "not said", which changes nothing
 */
record Enrolment(EnrollmentId enrollmentId, UUID schoolClass, @Nullable Postcode postcode) {}
