package uk.progressstream.gateway;

import java.time.Duration;

/** Whether bytes move fast enough: their mean over each window, after a grace. */
final class Pace {
  private final long bytesPerSecond;
  private final long graceNanos;
  private final long windowNanos;
  private long elapsed;
  private long windowBegin = -1;
  private long bytes;

  Pace(long bytesPerSecond, PaceSettings settings) {
    this.bytesPerSecond = bytesPerSecond;
    this.graceNanos = settings.grace().toNanos();
    this.windowNanos = settings.window().toNanos();
  }

  void moved(long count) {
    bytes += count;
  }

  /** Tells that so much time has gone by, of the time that counts. */
  boolean isTooSlowAfter(long nanos) {
    elapsed += nanos;
    if (elapsed < graceNanos) {
      return false;
    }
    if (windowBegin < 0) {
      begin();
      return false;
    }
    long window = elapsed - windowBegin;
    if (window < windowNanos) {
      return false;
    }
    boolean slow = bytes < bytesPerSecond * (double) window / Duration.ofSeconds(1).toNanos();
    begin();
    return slow;
  }

  private void begin() {
    windowBegin = elapsed;
    bytes = 0;
  }
}
