package uk.progressstream.grades.grade;

import java.util.Map;
import java.util.Set;
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

  private static final Set<String> KINDS = Set.of("historical", "target", "predicted");

  /**
   * Reads query parameters.
   *
   * @throws Problem 400 for a kind that there is not
   */
  static GradeFilter of(
      @Nullable UUID schoolClass, @Nullable String subject, @Nullable String kind) {
    if (kind != null && !KINDS.contains(kind)) {
      throw Problem.badRequest(
          "unknown-kind", "Unknown kind", "Kinds are historical, target and predicted.");
    }
    return new GradeFilter(schoolClass, subject, kind);
  }

  /**
   * For the log, which forgets nothing: a subject comes from outside and could be anybody's name,
   * so it is named only where there are rows of it.
   */
  Map<String, String> described(boolean matched) {
    Map<String, String> filter = new TreeMap<>();
    if (schoolClass != null) {
      filter.put("class", schoolClass.toString());
    }
    if (subject != null) {
      filter.put("subject", matched ? subject : "unmatched");
    }
    if (kind != null) {
      filter.put("kind", kind);
    }
    return filter;
  }
}
