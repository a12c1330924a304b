package uk.progressstream.breach.clock;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one step of one breach stands.
 *
 * @param step its code, such as {@code notify-ico}
 * @param clause the policy's clause, {@code B1} to {@code B6}
 * @param dueAt awareness plus the step's interval
 * @param metAt when it was completed, by the database's clock; null while it is not
 * @param state open, met or missed
 * @param remainingSeconds whole seconds left, negative once past; the countdown stops at {@code
 *     metAt}
 */
public record StepStatus(
    String step,
    String clause,
    Instant dueAt,
    @Nullable Instant metAt,
    StepState state,
    long remainingSeconds) {

  /**
   * Derives the status from what is known; a step that is completed at its very deadline is met.
   */
  static StepStatus of(Step step, Instant awareAt, @Nullable Instant metAt, Instant now) {
    Instant dueAt = step.dueAt(awareAt);
    Instant stoppedAt = metAt == null ? now : metAt;
    return new StepStatus(
        step.code(),
        step.clause(),
        dueAt,
        metAt,
        state(dueAt, metAt, now),
        seconds(stoppedAt, dueAt));
  }

  private static StepState state(Instant dueAt, @Nullable Instant metAt, Instant now) {
    Instant stoppedAt = metAt == null ? now : metAt;
    if (stoppedAt.isAfter(dueAt)) {
      return StepState.MISSED;
    }
    return metAt == null ? StepState.OPEN : StepState.MET;
  }

  private static long seconds(Instant from, Instant to) {
    return Duration.between(from, to).toSeconds();
  }
}
