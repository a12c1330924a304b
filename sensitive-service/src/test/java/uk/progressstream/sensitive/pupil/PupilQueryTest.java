package uk.progressstream.sensitive.pupil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import uk.progressstream.platform.problem.Problem;

class PupilQueryTest {
  private static final PupilFilter EVERYTHING = new PupilFilter(null);

  @Property
  void aCursorThatNoPageGaveIsRefused(@ForAll String cursor) {
    assertThatThrownBy(() -> PupilQuery.of(EVERYTHING).after(cursor))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.status()).isEqualTo(400));
  }

  @Test
  void aCursorOfAPageContinuesAfterItsLastRow() {
    SealedPupil last =
        new SealedPupil(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), new byte[0]);

    PupilQuery query = PupilQuery.of(EVERYTHING).after(last.cursor());

    assertThat(query.sql(1)).contains("(class_id, ps_id) > ($1, $2)");
    assertThat(query.tuple().getUUID(0)).isEqualTo(last.schoolClass());
    assertThat(query.tuple().getUUID(1)).isEqualTo(last.psId());
  }

  @Test
  void onlyWhatIsAskedForIsACondition() {
    assertThat(PupilQuery.of(EVERYTHING).sql(1)).doesNotContain("where");
    assertThat(PupilQuery.of(new PupilFilter(UUID.randomUUID())).sql(1))
        .contains("where class_id = $1 order");
  }
}
