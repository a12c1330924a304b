package uk.progressstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdmissionTest {
  private final Admission admission = new Admission();

  @Test
  void aServiceHasItsShareAndLeavesTheRestToTheOthers() {
    assertThat(entered("grades", 1_000)).isEqualTo(Admission.PER_SERVICE_MAX);
    assertThat(entered("audit", 1_000)).isEqualTo(Admission.PER_SERVICE_MAX);
    assertThat(entered("ingest", 1_000))
        .isEqualTo(Admission.TOTAL_MAX - 2 * Admission.PER_SERVICE_MAX);
    assertThat(admission.enter("breach")).isFalse();
    assertThat(admission.total()).isEqualTo(Admission.TOTAL_MAX);
  }

  @Test
  void aPlaceThatIsGivenBackIsTakenAgain() {
    entered("grades", Admission.PER_SERVICE_MAX);
    admission.leave("grades");

    assertThat(admission.enter("grades")).isTrue();
    assertThat(admission.enter("grades")).isFalse();
  }

  @Test
  void whoIsNotInsideCannotLeave() {
    admission.leave("grades");
    entered("audit", 1);
    admission.leave("grades");

    assertThat(admission.total()).isEqualTo(1);
    assertThat(entered("grades", 1_000)).isEqualTo(Admission.PER_SERVICE_MAX);
  }

  private int entered(String service, int tries) {
    int entered = 0;
    for (int i = 0; i < tries; i++) {
      entered += admission.enter(service) ? 1 : 0;
    }
    return entered;
  }
}
