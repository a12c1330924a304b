package uk.progressstream.breach.clock;

import java.time.Instant;

/**
 * A rung of the escalation: a share of a step's time that has passed without the step being met.
 */
public enum Rung {
  /** Half of the time. */
  HALF(50),
  /** Three quarters of it. */
  THREE_QUARTERS(75),
  /** Nine tenths of it. */
  NINE_TENTHS(90),
  /** All of it: the step is missed. */
  MISSED(100);

  private final int percent;

  Rung(int percent) {
    this.percent = percent;
  }

  /** 50, 75, 90 or 100. */
  public int percent() {
    return percent;
  }

  /** The moment after which this rung is due, unless the step was met by then. */
  public Instant dueAt(Step step, Instant awareAt) {
    return awareAt.plus(step.dueAfter().multipliedBy(percent).dividedBy(100));
  }
}
