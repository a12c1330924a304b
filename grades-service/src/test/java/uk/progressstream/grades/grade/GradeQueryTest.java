package uk.progressstream.grades.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import uk.progressstream.platform.problem.Problem;

class GradeQueryTest {
  private static final GradeFilter EVERYTHING = new GradeFilter(null, null, null);

  @Property
  void noTextFromOutsideEverBecomesSql(@ForAll String subject, @ForAll String kind) {
    GradeQuery query = GradeQuery.of(new GradeFilter(null, subject, kind));

    assertThat(query.sql(1)).isEqualTo(GradeQuery.of(new GradeFilter(null, "x", "y")).sql(1));
    assertThat(query.tuple().getString(0)).isEqualTo(subject);
    assertThat(query.tuple().getString(1)).isEqualTo(kind);
  }

  @Property
  void aCursorThatNoPageGaveIsRefused(@ForAll String cursor) {
    assertThatThrownBy(() -> GradeQuery.of(EVERYTHING).after(cursor))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.status()).isEqualTo(400));
  }

  @Test
  void aCursorOfAPageContinuesAfterItsLastRow() {
    UUID schoolClass = UUID.randomUUID();
    UUID psId = UUID.randomUUID();
    Grade last =
        new Grade(
            psId,
            UUID.randomUUID(),
            schoolClass,
            "Mathematics",
            "GCSE",
            "G1",
            "historical",
            "x",
            "9",
            9);

    GradeQuery query = GradeQuery.of(EVERYTHING).after(last.cursor());

    assertThat(query.sql(1))
        .contains("(class_id, ps_id, subject, qualification, period, kind) > (");
    assertThat(query.tuple().getUUID(0)).isEqualTo(schoolClass);
    assertThat(query.tuple().getUUID(1)).isEqualTo(psId);
  }

  @Test
  void onlyWhatIsAskedForIsACondition() {
    assertThat(GradeQuery.of(EVERYTHING).sql(1)).doesNotContain("where");
    assertThat(GradeQuery.of(new GradeFilter(UUID.randomUUID(), null, null)).sql(1))
        .contains("where class_id = $1 order");
  }
}
