package uk.progressstream.ingest.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.progressstream.ingest.finding.ProblemCode;
import uk.progressstream.ingest.value.GradeScale.Grade;
import uk.progressstream.ingest.value.GradeScales.Qualification;

class GradeScalesTest {
  private static final GradeScales SCALES = new GradeScales();

  @ParameterizedTest
  @CsvSource({
    "GCSE, 9, 9, 90",
    "gcse 9-1, u, U, 0",
    "GCSE Combined Science, 9-8, 9-8, 85",
    "GCSE Combined Science, 11, 1-1, 10",
    "GCSE Legacy, A*, A*, 85",
    "BTEC Tech Award, L2D*, L2D*, 85",
    "BTEC Tech Award, L1P, L1P, 13",
    "A level, a*, A*, 560",
    "A-Level, E, E, 160",
    "BTEC National, D*D*D*, D*D*D*, 1680",
    "KS2, 120, 120, 1200",
    "KS1, GDS, GDS, 50",
    "KS1, Q, Q, 0",
    "0-20, 0, 0, 0",
    "UCI, 20, 20, 200"
  })
  @DisplayName("grades are taken as their scale writes them, with points in tenths")
  void accepted(String qualification, String text, String value, int pointsTenths) {
    assertThat(qualification(qualification).scale().check(text))
        .isEqualTo(Checked.good(new Grade(value, pointsTenths)));
  }

  @ParameterizedTest
  @CsvSource({
    "GCSE, 10, gcse-9-1",
    "GCSE, A, gcse-9-1",
    "A level, 9, a-level",
    "KS2, 79, ks2-scaled",
    "UCI, 21, points-0-20",
    "UCI, 9.5, points-0-20",
    "GCSE Combined Science, 9-7, gcse-combined-science"
  })
  @DisplayName("a grade of another scale is refused with the name of its own")
  void refused(String qualification, String text, String scale) {
    assertThat(qualification(qualification).scale().check(text))
        .isEqualTo(Checked.refused(ProblemCode.GRADE_NOT_IN_SCALE, scale));
  }

  @Test
  @DisplayName(
      "every scale lists its grades from best to worst; only those without attainment stand apart")
  void ordered() {
    for (List<String> row : DataTable.read("scales/scales.csv")) {
      GradeScale scale = SCALES.scale(row.get(0)).orElseThrow();
      List<Integer> points = new ArrayList<>();
      for (String value : scale.values()) {
        points.add(((Checked.Good<Grade>) scale.check(value)).value().pointsTenths());
      }
      assertThat(points).as(scale.name()).isSortedAccordingTo((a, b) -> b - a);
      assertThat(scale.values()).as(scale.name()).allMatch(value -> value.length() <= 8);
    }
  }

  @Test
  @DisplayName("an unknown qualification is refused")
  void unknownQualification() {
    assertThat(SCALES.qualification("Duke of Edinburgh"))
        .isEqualTo(Checked.refused(ProblemCode.UNKNOWN_QUALIFICATION));
  }

  private static Qualification qualification(String text) {
    return ((Checked.Good<Qualification>) SCALES.qualification(text)).value();
  }
}
