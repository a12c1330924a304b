package uk.progressstream.breach.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * The steps of the breach notification process, in order. Intervals are those of the data handling
 * and security policy, each from the moment when the company became aware; nothing pauses them. The
 * same numbers stand in the database's function {@code clock.steps()}, which the sweep reads; a
 * test holds the two together.
 */
public enum Step {
  /** Review the logs, verify which schools were affected. */
  SCOPE("scope", "B1", Duration.ofHours(1)),
  /** Notify every affected school. */
  NOTIFY_SCHOOLS("notify-schools", "B2", Duration.ofHours(4)),
  /** Inform the ICO. */
  NOTIFY_ICO("notify-ico", "B3", Duration.ofHours(4)),
  /** Find out how it happened. */
  INVESTIGATION("investigation", "B4", Duration.ofHours(72)),
  /** Full details to the ICO and the affected schools. */
  FULL_REPORT("full-report", "B5", Duration.ofDays(7)),
  /** The same, published. */
  PUBLICATION("publication", "B6", Duration.ofDays(14));

  private final String code;
  private final String clause;
  private final Duration dueAfter;

  Step(String code, String clause, Duration dueAfter) {
    this.code = code;
    this.clause = clause;
    this.dueAfter = dueAfter;
  }

  /** The word for it in paths, answers and the database. */
  public String code() {
    return code;
  }

  /** The clause of the policy that asks for it, {@code B1} to {@code B6}. */
  public String clause() {
    return clause;
  }

  /** How long after awareness it is due; hours and days of exactly 3,600 and 86,400 seconds. */
  public Duration dueAfter() {
    return dueAfter;
  }

  /** When it is due. */
  public Instant dueAt(Instant awareAt) {
    return awareAt.plus(dueAfter);
  }

  /** The step of a code; empty for any other word. */
  public static Optional<Step> of(String code) {
    return Arrays.stream(values()).filter(step -> step.code.equals(code)).findFirst();
  }
}
