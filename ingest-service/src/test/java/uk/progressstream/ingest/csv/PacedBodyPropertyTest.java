package uk.progressstream.ingest.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import uk.progressstream.ingest.finding.ProblemCode;

class PacedBodyPropertyTest {
  private static final long RATE = 1000;
  private static final Pace PACE = new Pace(RATE, Duration.ofSeconds(10));
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final AtomicLong nanos = new AtomicLong();

  /**
   * Whoever keeps the pace is heard to the end, however long it takes and whatever we do between.
   */
  @Property(tries = 200)
  void inTime(
      @ForAll @IntRange(min = 1, max = 60) int pieces,
      @ForAll @LongRange(min = 1, max = 25) long secondsEach,
      @ForAll @LongRange(max = 100) long ourSeconds)
      throws IOException {
    int bytesEach = (int) (secondsEach * RATE);
    PacedBody body = paced(new Sender(pieces, bytesEach, secondsEach), false);

    long read = 0;
    for (int count = body.read(new byte[bytesEach]); count >= 0; ) {
      read += count;
      nanos.addAndGet(ourSeconds * NANOS_PER_SECOND);
      count = body.read(new byte[bytesEach]);
    }
    assertThat(read).isEqualTo((long) pieces * bytesEach);
  }

  /** Whoever does not is stopped after a window, however much came before. */
  @Property(tries = 200)
  void tooSlow(
      @ForAll @IntRange(max = 50) int goodPieces, @ForAll @LongRange(min = 2, max = 20) long slower)
      throws IOException {
    Sender sender = new Sender(goodPieces, (int) RATE, 1);
    PacedBody body = paced(sender, false);
    for (int i = 0; i < goodPieces; i++) {
      assertThat(body.read(new byte[(int) RATE])).isPositive();
    }
    sender.goOn(1000, 1, slower);

    assertThat(stoppedBy(body)).isEqualTo(ProblemCode.TOO_SLOW);
    assertThat(sender.given).isLessThanOrEqualTo(goodPieces + 21);
  }

  /** Whose time is over is stopped at the next piece. */
  @Property(tries = 20)
  void timeIsOver(@ForAll @IntRange(min = 1, max = 5) int pieces) {
    assertThat(stoppedBy(paced(new Sender(pieces, 5000, 1), true)))
        .isEqualTo(ProblemCode.TOKEN_EXPIRED);
  }

  private PacedBody paced(Sender sender, boolean timeIsOver) {
    return new PacedBody(sender, PACE, nanos::get, () -> timeIsOver);
  }

  private static ProblemCode stoppedBy(PacedBody body) {
    try {
      while (body.read(new byte[100]) >= 0) {
        // Reads until it is stopped.
      }
      throw new AssertionError("not stopped");
    } catch (UnreadableFile stopped) {
      return stopped.code();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Sends pieces, each after so many seconds on the clock. */
  private final class Sender extends InputStream {
    private int left;
    private int bytesEach;
    private long secondsEach;
    private int given;

    Sender(int pieces, int bytesEach, long secondsEach) {
      goOn(pieces, bytesEach, secondsEach);
    }

    void goOn(int pieces, int bytes, long seconds) {
      left = pieces;
      bytesEach = bytes;
      secondsEach = seconds;
    }

    @Override
    public int read() {
      throw new AssertionError("read in pieces");
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      nanos.addAndGet(secondsEach * NANOS_PER_SECOND);
      given++;
      return left-- > 0 ? Math.min(length, bytesEach) : -1;
    }
  }
}
