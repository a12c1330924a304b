package uk.progressstream.breach.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BreachClockTest {
  private static final Instant AWARE_AT = Instant.parse("2026-03-28T23:30:00Z");

  @Test
  @DisplayName(
      "the six deadlines are the policy's: 1 h, 4 h, 4 h, 72 h, 1 week, 2 weeks, summer time or not")
  void deadlines() {
    assertThat(BreachClock.steps(AWARE_AT, Map.of(), AWARE_AT))
        .extracting(StepStatus::step, StepStatus::clause, status -> status.dueAt().toString())
        .containsExactly(
            row("scope", "B1", "2026-03-29T00:30:00Z"),
            row("notify-schools", "B2", "2026-03-29T03:30:00Z"),
            row("notify-ico", "B3", "2026-03-29T03:30:00Z"),
            row("investigation", "B4", "2026-03-31T23:30:00Z"),
            row("full-report", "B5", "2026-04-04T23:30:00Z"),
            row("publication", "B6", "2026-04-11T23:30:00Z"));
  }

  @Test
  @DisplayName("a step completed at its very deadline is met, a microsecond later it is missed")
  void theEdge() {
    Instant dueAt = Step.SCOPE.dueAt(AWARE_AT);

    assertThat(scope(Map.of(Step.SCOPE, dueAt), dueAt).state()).isEqualTo(StepState.MET);
    assertThat(scope(Map.of(Step.SCOPE, dueAt.plusNanos(1_000)), dueAt).state())
        .isEqualTo(StepState.MISSED);
  }

  @Test
  @DisplayName("remaining seconds are negative once the deadline is past")
  void negativeOncePast() {
    assertThat(scope(Map.of(), AWARE_AT.plusSeconds(3_000)).remainingSeconds()).isEqualTo(600);
    assertThat(scope(Map.of(), AWARE_AT.plusSeconds(4_000)).remainingSeconds()).isEqualTo(-400);
  }

  private static StepStatus scope(Map<Step, Instant> metAt, Instant now) {
    return BreachClock.steps(AWARE_AT, metAt, now).get(0);
  }

  private static org.assertj.core.groups.Tuple row(Object... values) {
    return org.assertj.core.groups.Tuple.tuple(values);
  }
}
