package uk.progressstream.ingest.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Time as an upload sees it: when to say that it lives, and when the caller's scope is about to run
 * out.
 */
public final class Pulse {
  private static final Duration BETWEEN_BEATS = Duration.ofSeconds(1);
  // The last state has to be written under the scope too, so stop a while before it expires.
  private static final Duration LAST_WORDS = Duration.ofSeconds(10);

  private final InstantSource clock;
  private final Instant stopAt;
  private Instant nextBeat;

  /** Starts now. */
  public Pulse(InstantSource clock, Instant scopeExpiresAt) {
    this.clock = clock;
    this.stopAt = scopeExpiresAt.minus(LAST_WORDS);
    this.nextBeat = clock.instant().plus(BETWEEN_BEATS);
  }

  /** Whether a beat is due; if so, the next one is a second from now. */
  boolean due() {
    Instant now = clock.instant();
    if (now.isBefore(nextBeat)) {
      return false;
    }
    nextBeat = now.plus(BETWEEN_BEATS);
    return true;
  }

  /** Whether the scope is over, or so nearly that nothing more should be begun under it. */
  public boolean scopeOver() {
    return !clock.instant().isBefore(stopAt);
  }
}
