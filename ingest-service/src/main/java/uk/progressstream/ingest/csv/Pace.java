package uk.progressstream.ingest.csv;

import java.time.Duration;

/**
 * How fast a sender must be.
 *
 * @param bytesPerSecondMin least rate, on average over each window
 * @param window of time spent waiting for the sender
 */
public record Pace(long bytesPerSecondMin, Duration window) {
  private static final double NANOS_PER_SECOND = 1e9;

  boolean isWindowOver(long waitedNanos) {
    return waitedNanos >= window.toNanos();
  }

  boolean isHeld(long bytes, long waitedNanos) {
    return bytes >= bytesPerSecondMin * (waitedNanos / NANOS_PER_SECOND);
  }
}
