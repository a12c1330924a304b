package uk.progressstream.local.process;

import java.time.Duration;
import java.time.Instant;

/** How long to wait before something that died is started again: 1 s, doubling up to 30 s. */
final class BackOff {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** Whoever ran for so long starts afresh. */
  private static final Duration STEADY = Duration.ofMinutes(1);

  private Duration next = FIRST;

  /** The wait for what started then and died now. */
  Duration after(Instant startedAt, Instant diedAt) {
    if (Duration.between(startedAt, diedAt).compareTo(STEADY) >= 0) {
      next = FIRST;
    }
    Duration wait = next;
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return wait;
  }
}
