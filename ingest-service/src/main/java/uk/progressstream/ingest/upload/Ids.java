package uk.progressstream.ingest.upload;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.problem.Problem;

/** Ids as they come in with a request. */
final class Ids {
  private Ids() {}

  /**
   * The id of an upload.
   *
   * @throws Problem 404 for what is no UUID, as for any upload that is not there
   */
  static UUID upload(String text) {
    return uuid(text);
  }

  /**
   * The id of a school.
   *
   * @throws Problem 400 where it is missing, 404 for what is no UUID
   */
  static UUID school(@Nullable String text) {
    if (text == null || text.isBlank()) {
      throw Problem.badRequest(
          "missing-school", "School missing", "Say which school: ?school=<id>.");
    }
    return uuid(text);
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw Problem.notFound();
    }
  }
}
