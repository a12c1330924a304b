package uk.progressstream.grades.grade;

import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.problem.Problem;

/**
 * Which grades a reader asks for; null means all that the scope holds.
 *
 * @param schoolClass id of a class
 * @param subject exact
 * @param kind {@code historical}, {@code target} or {@code predicted}
 */
public record GradeFilter(
    @Nullable UUID schoolClass, @Nullable String subject, @Nullable String kind) {

  /**
   * Reads query parameters.
   *
   * @throws Problem 404 for a class that is no UUID, as for any class that is not there
   */
  static GradeFilter of(
      @Nullable String schoolClass, @Nullable String subject, @Nullable String kind) {
    return new GradeFilter(uuid(schoolClass), subject, kind);
  }

  /** For the log. */
  Map<String, String> described() {
    Map<String, String> filter = new TreeMap<>();
    if (schoolClass != null) {
      filter.put("class", schoolClass.toString());
    }
    if (subject != null) {
      filter.put("subject", subject);
    }
    if (kind != null) {
      filter.put("kind", kind);
    }
    return filter;
  }

  private static @Nullable UUID uuid(@Nullable String text) {
    try {
      return text == null ? null : UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw Problem.notFound();
    }
  }
}
