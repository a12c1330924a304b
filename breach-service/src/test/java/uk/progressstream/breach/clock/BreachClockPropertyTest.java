package uk.progressstream.breach.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class BreachClockPropertyTest {
  private static final Duration A_YEAR = Duration.ofDays(366);

  @Property
  void deadlinesDependOnAwarenessAlone(
      @ForAll("instants") Instant awareAt,
      @ForAll("instants") Instant now,
      @ForAll("instants") Instant later,
      @ForAll Step met) {
    List<StepStatus> open = BreachClock.steps(awareAt, Map.of(), now);
    List<StepStatus> moved = BreachClock.steps(awareAt, Map.of(met, now), later);

    assertThat(moved).extracting(StepStatus::dueAt).containsExactlyElementsOf(dueAts(open));
    assertThat(dueAts(open)).isSorted();
  }

  @Property
  void anOpenStepHasTimeLeftAndAMissedOneHasNot(
      @ForAll("instants") Instant awareAt, @ForAll("instants") Instant now) {
    assertThat(BreachClock.steps(awareAt, Map.of(), now))
        .allSatisfy(
            step -> {
              boolean past = now.isAfter(step.dueAt());
              assertThat(step.state()).isEqualTo(past ? StepState.MISSED : StepState.OPEN);
              assertThat(step.remainingSeconds() < 0 || past && step.remainingSeconds() == 0)
                  .isEqualTo(past);
            });
  }

  @Property
  void whatWasMetStaysMetAndItsCountdownStands(
      @ForAll("instants") Instant awareAt,
      @ForAll("instants") Instant metAt,
      @ForAll("instants") Instant now,
      @ForAll Step step) {
    StepStatus status = BreachClock.steps(awareAt, Map.of(step, metAt), now).get(step.ordinal());

    assertThat(status)
        .isEqualTo(
            BreachClock.steps(awareAt, Map.of(step, metAt), now.plus(A_YEAR)).get(step.ordinal()));
    assertThat(status.state())
        .isEqualTo(metAt.isAfter(status.dueAt()) ? StepState.MISSED : StepState.MET);
  }

  @Property
  void timeOnlyMovesAStepFromOpenToMissed(
      @ForAll("instants") Instant awareAt, @ForAll("instants") Instant now, @ForAll Step step) {
    StepState before = BreachClock.steps(awareAt, Map.of(), now).get(step.ordinal()).state();
    StepState after =
        BreachClock.steps(awareAt, Map.of(), now.plusSeconds(1)).get(step.ordinal()).state();

    assertThat(after).isIn(before, StepState.MISSED);
  }

  @Property
  void rungsRiseToTheDeadline(@ForAll("instants") Instant awareAt, @ForAll Step step) {
    List<Instant> rungs =
        List.of(Rung.values()).stream().map(rung -> rung.dueAt(step, awareAt)).toList();

    assertThat(rungs).isSorted().doesNotHaveDuplicates().endsWith(step.dueAt(awareAt));
    assertThat(rungs.get(0)).isAfter(awareAt);
  }

  @Provide
  Arbitrary<Instant> instants() {
    long start = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    return Arbitraries.longs().between(start, start + A_YEAR.toMillis()).map(Instant::ofEpochMilli);
  }

  private static List<Instant> dueAts(List<StepStatus> steps) {
    return steps.stream().map(StepStatus::dueAt).toList();
  }
}
