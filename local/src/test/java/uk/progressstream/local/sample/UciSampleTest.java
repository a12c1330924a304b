package uk.progressstream.local.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UciSampleTest {
  private static final String POSTCODE = "[A-Z]{1,2}[0-9]([0-9]|[A-Z])? [0-9][ABD-HJLNP-UW-Z]{2}";

  @Test
  void hasEveryRowOfBothFiles() {
    List<SampleSchool> schools = UciSample.schools();

    assertThat(schools).extracting(SampleSchool::code).containsExactly("GP", "MS");
    assertThat(schools.stream().mapToInt(school -> school.pupils().size()).sum())
        .isEqualTo(649 + 395);
    assertThat(mean("P")).isBetween(11.905, 11.907);
    assertThat(mean("M")).isBetween(10.414, 10.416);
  }

  @Test
  void eachSchoolHasAtLeastSixClasses() {
    assertThat(UciSample.schools())
        .allSatisfy(school -> assertThat(school.classes()).hasSizeGreaterThanOrEqualTo(6));
  }

  @Test
  void idsAreUniqueAndPostcodesOfARealForm() {
    for (SampleSchool school : UciSample.schools()) {
      assertThat(school.pupils()).extracting(SamplePupil::enrollmentId).doesNotHaveDuplicates();
      assertThat(school.pupils())
          .extracting(SamplePupil::postcode)
          .allMatch(code -> code.matches(POSTCODE));
    }
  }

  @Test
  void everyRunHasTheSame() {
    assertThat(UciSample.schools()).isEqualTo(UciSample.schools());
  }

  /** The means of G3 that the data set's own description gives: 11.906 and 10.415. */
  private static double mean(String subject) {
    return UciSample.schools().stream()
        .flatMap(school -> school.pupils().stream())
        .filter(pupil -> pupil.enrollmentId().substring(3).startsWith(subject))
        .mapToInt(pupil -> Integer.parseInt(pupil.grades().get(2)))
        .average()
        .orElseThrow();
  }
}
