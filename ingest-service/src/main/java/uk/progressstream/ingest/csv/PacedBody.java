package uk.progressstream.ingest.csv;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import uk.progressstream.ingest.finding.ProblemCode;

/**
 * Stops reading from a sender who is too slow, or whose time is over: a trickle must not keep a
 * place and a thread. Only the time spent waiting for the sender counts, so nobody is held
 * responsible for a slow database.
 */
public final class PacedBody extends FilterInputStream {
  private final Pace pace;
  private final LongSupplier nanos;
  private final BooleanSupplier timeIsOver;
  private long windowBytes;
  private long waitedNanos;

  /**
   * Reads {@code source} at no less than a pace.
   *
   * @param nanos a clock that only goes forward, such as {@link System#nanoTime}
   * @param timeIsOver whether the sender has to stop now, however fast
   */
  public PacedBody(InputStream source, Pace pace, LongSupplier nanos, BooleanSupplier timeIsOver) {
    super(source);
    this.pace = pace;
    this.nanos = nanos;
    this.timeIsOver = timeIsOver;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    long before = nanos.getAsLong();
    int count = in.read(target, offset, length);
    waitedNanos += nanos.getAsLong() - before;
    if (count >= 0) {
      windowBytes += count;
      stopIfTooSlow();
    }
    return count;
  }

  private void stopIfTooSlow() throws UnreadableFile {
    if (timeIsOver.getAsBoolean()) {
      throw new UnreadableFile(ProblemCode.TOKEN_EXPIRED);
    }
    if (pace.isWindowOver(waitedNanos)) {
      if (!pace.isHeld(windowBytes, waitedNanos)) {
        throw new UnreadableFile(ProblemCode.TOO_SLOW);
      }
      windowBytes = 0;
      waitedNanos = 0;
    }
  }
}
