package uk.progressstream.grades.grade;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.UUID;

/**
 * One grade of one pupil.
 *
 * @param psId the pupil's pseudonym
 * @param school the school
 * @param schoolClass id of the class, {@code class} in JSON
 * @param subject as the school writes it
 * @param qualification such as {@code GCSE}
 * @param period such as {@code G1}
 * @param kind {@code historical}, {@code target} or {@code predicted}
 * @param scale name of the grade scale
 * @param grade as the scale writes it
 * @param points the grade's points in its scale, to one decimal place
 */
public record Grade(
    UUID psId,
    UUID school,
    @JsonProperty("class") UUID schoolClass,
    String subject,
    String qualification,
    String period,
    String kind,
    String scale,
    String grade,
    double points) {

  /** What a reader gets to see, as the log and the header of a download name it. */
  public static final List<String> COLUMNS =
      List.of(
          "psId",
          "school",
          "class",
          "subject",
          "qualification",
          "period",
          "kind",
          "scale",
          "grade",
          "points");

  /** Where a page ends, in the order of {@link GradeQuery}. */
  String cursor() {
    return String.join(
        "~", schoolClass.toString(), psId.toString(), subject, qualification, period, kind);
  }
}
