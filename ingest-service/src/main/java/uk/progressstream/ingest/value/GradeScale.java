package uk.progressstream.ingest.value;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import uk.progressstream.ingest.finding.ProblemCode;

/**
 * A grade scale as its data file says.
 *
 * @param name stable name, such as {@code gcse-9-1}
 * @param gradeBySpelling every accepted spelling in capitals, best grade first
 */
public record GradeScale(String name, Map<String, Grade> gradeBySpelling) {

  /**
   * A grade of a scale.
   *
   * @param value as the scale writes it
   * @param pointsTenths points in tenths, half up where the scale has hundredths
   */
  public record Grade(String value, int pointsTenths) {}

  /** Copies the spellings in their order. */
  public GradeScale {
    gradeBySpelling = new LinkedHashMap<>(gradeBySpelling);
  }

  /** The grade that a cell holds. */
  public Checked<Grade> check(String text) {
    Grade grade = gradeBySpelling.get(text.toUpperCase(Locale.ROOT).replace(" ", ""));
    return grade != null
        ? Checked.good(grade)
        : Checked.refused(IdentityShape.orElse(text, ProblemCode.GRADE_NOT_IN_SCALE), name);
  }

  /** Every value, best first. */
  public Collection<String> values() {
    return gradeBySpelling.values().stream().map(Grade::value).distinct().toList();
  }
}
