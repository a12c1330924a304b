package uk.progressstream.pseudonym.vault;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import uk.progressstream.contracts.pseudonym.EnrolRequest;
import uk.progressstream.contracts.pseudonym.FindRequest;
import uk.progressstream.platform.problem.Problem;

/** Reads requests. A refusal says which entry, never what was in it. */
final class VaultRequests {
  /** Most entries of one call. */
  static final int ENTRIES_MAX = 1000;

  private VaultRequests() {}

  static UUID school(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw Problem.notFound();
    }
  }

  /**
   * The entries of a request.
   *
   * @throws Problem 400 for the first entry that is not in its form, 413 for too many entries
   */
  static List<Enrolment> enrolments(EnrolRequest request) {
    return read(
        request.getEnrolmentsList(),
        each ->
            new Enrolment(
                new EnrollmentId(each.getEnrollmentId()),
                UUID.fromString(each.getClassId()),
                postcode(each.getPostcode())));
  }

  /** As {@link #enrolments}. */
  static List<EnrollmentId> enrollmentIds(FindRequest request) {
    return read(request.getEnrollmentIdsList(), EnrollmentId::new);
  }

  private static @Nullable Postcode postcode(String text) {
    return text.isEmpty() ? null : new Postcode(text);
  }

  private static <Q, T> List<T> read(List<Q> entries, Function<Q, T> reader) {
    if (entries.size() > ENTRIES_MAX) {
      throw Problem.tooLarge("At most " + ENTRIES_MAX + " entries in one call.");
    }
    List<T> read = new ArrayList<>(entries.size());
    for (Q entry : entries) {
      try {
        read.add(reader.apply(entry));
      } catch (IllegalArgumentException e) {
        throw refused(read.size());
      }
    }
    return read;
  }

  private static Problem refused(int index) {
    return Problem.badRequest(
        "bad-entry",
        "Entry not in its form",
        String.format(
            Locale.ROOT, "entry %d: enrollment_id, class or postcode is not in its form", index));
  }
}
