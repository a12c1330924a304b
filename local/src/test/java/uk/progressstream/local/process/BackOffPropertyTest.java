package uk.progressstream.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class BackOffPropertyTest {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /**
   * What dies again and again waits longer each time, twice as long, until it waits the longest.
   */
  @Property
  void growsAndIsBounded(@ForAll("short") List<Long> runsMs) {
    BackOff backOff = new BackOff();
    Duration expected = FIRST;
    for (long runMs : runsMs) {
      assertThat(backOff.after(START, START.plusMillis(runMs))).isEqualTo(expected);
      Duration doubled = expected.multipliedBy(2);
      expected = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }
  }

  /**
   * Whatever happens: never at once, never later than the longest, never more than twice the last.
   */
  @Property
  void neverAtOnceNeverTooLate(@ForAll("any") List<Long> runsMs) {
    BackOff backOff = new BackOff();
    Duration last = FIRST;
    for (long runMs : runsMs) {
      Duration wait = backOff.after(START, START.plusMillis(runMs));
      assertThat(wait).isBetween(FIRST, LONGEST).isLessThanOrEqualTo(last.multipliedBy(2));
      last = wait;
    }
  }

  /** Whoever ran for a minute starts afresh, whatever was before. */
  @Property
  void aSteadyRunIsForgiven(@ForAll("any") List<Long> runsMs, @ForAll("steady") long steadyMs) {
    BackOff backOff = new BackOff();
    runsMs.forEach(runMs -> backOff.after(START, START.plusMillis(runMs)));

    assertThat(backOff.after(START, START.plusMillis(steadyMs))).isEqualTo(FIRST);
  }

  @Provide("short")
  Arbitrary<List<Long>> shortRuns() {
    return Arbitraries.longs().between(0, 59_999).list().ofMaxSize(12);
  }

  @Provide
  Arbitrary<Long> steady() {
    return Arbitraries.longs().between(60_000, 1_000_000_000);
  }

  @Provide("any")
  Arbitrary<List<Long>> anyRuns() {
    // A clock that was set back makes a run seem shorter than nothing.
    return Arbitraries.longs().between(-100_000, 200_000).list().ofMaxSize(30);
  }
}
