package uk.progressstream.breach.clock;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Derives how a breach stands from what cannot change (when the company became aware, when steps
 * were completed) and the database's time. It keeps nothing, so a crash or a moved clock has
 * nothing to lose.
 */
public final class BreachClock {
  private BreachClock() {}

  /**
   * The six steps in order.
   *
   * @param awareAt when the company became aware
   * @param metAt when steps were completed; a step that is not in it is not
   * @param now the database's time
   */
  public static List<StepStatus> steps(Instant awareAt, Map<Step, Instant> metAt, Instant now) {
    return Arrays.stream(Step.values())
        .map(step -> StepStatus.of(step, awareAt, metAt.get(step), now))
        .toList();
  }
}
