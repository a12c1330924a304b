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
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw Problem.notFound();
    }
  }

  /**
   * The id of a school.
   *
   * @throws Problem 400 where it is missing
   */
  static UUID school(@Nullable UUID school) {
    if (school == null) {
      throw Problem.badRequest(
          "missing-school", "School missing", "Say which school: ?school=<id>.");
    }
    return school;
  }
}
