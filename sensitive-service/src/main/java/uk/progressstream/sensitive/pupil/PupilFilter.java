package uk.progressstream.sensitive.pupil;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.problem.Problem;

/**
 * Whose fields a reader asks for.
 *
 * @param schoolClass id of a class; null means all that the scope holds
 */
public record PupilFilter(@Nullable UUID schoolClass) {

  /**
   * Reads query parameters.
   *
   * @throws Problem 404 for a class that is no UUID, as for any class that is not there
   */
  static PupilFilter of(@Nullable String schoolClass) {
    try {
      return new PupilFilter(schoolClass == null ? null : UUID.fromString(schoolClass));
    } catch (IllegalArgumentException e) {
      throw Problem.notFound();
    }
  }

  /** For the log. */
  Map<String, String> described() {
    return schoolClass == null ? Map.of() : Map.of("class", schoolClass.toString());
  }
}
