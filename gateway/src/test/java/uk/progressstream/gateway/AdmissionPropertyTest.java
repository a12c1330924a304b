package uk.progressstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AdmissionPropertyTest {
  private static final List<String> SERVICES = List.of("audit", "breach", "grades", "ingest");

  /** Whatever comes and goes, in bursts: never over a maximum, never below nothing, never wrong. */
  @Property(tries = 500)
  void neverOverNeverNegative(@ForAll("bursts") List<Burst> bursts) {
    Admission admission = new Admission();
    Map<String, Integer> inside = new HashMap<>();
    for (Burst burst : bursts) {
      for (int i = 0; i < burst.size(); i++) {
        int own = inside.getOrDefault(burst.service(), 0);
        if (burst.enters()) {
          boolean room = own < Admission.PER_SERVICE_MAX && total(inside) < Admission.TOTAL_MAX;
          assertThat(admission.enter(burst.service())).isEqualTo(room);
          inside.put(burst.service(), room ? own + 1 : own);
        } else {
          admission.leave(burst.service());
          inside.put(burst.service(), Math.max(0, own - 1));
        }
        assertThat(admission.total()).isBetween(0, Admission.TOTAL_MAX).isEqualTo(total(inside));
      }
    }
  }

  /** Once all have left, there is as much room as in the beginning. */
  @Property(tries = 200)
  void nothingLeaks(@ForAll("bursts") List<Burst> bursts) {
    Admission admission = new Admission();
    for (Burst burst : bursts) {
      for (int i = 0; i < burst.size(); i++) {
        if (admission.enter(burst.service())) {
          admission.leave(burst.service());
        }
      }
    }

    assertThat(admission.total()).isZero();
    for (int i = 0; i < Admission.PER_SERVICE_MAX; i++) {
      assertThat(admission.enter("grades")).isTrue();
    }
  }

  @Provide
  Arbitrary<List<Burst>> bursts() {
    Arbitrary<Integer> sizes = Arbitraries.integers().between(1, 250);
    return Combinators.combine(Arbitraries.of(SERVICES), Arbitraries.of(true, true, false), sizes)
        .as(Burst::new)
        .list()
        .ofMaxSize(20);
  }

  private static int total(Map<String, Integer> inside) {
    return inside.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** So many that enter or leave one after the other. */
  record Burst(String service, boolean enters, int size) {}
}
