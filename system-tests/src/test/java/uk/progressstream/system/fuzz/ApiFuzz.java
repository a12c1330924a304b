package uk.progressstream.system.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import uk.progressstream.system.running.RunningSystem;
import uk.progressstream.system.running.WholeSystem;

/** All operations with made-up requests, by name; how to run it is in docs/BENCHMARKS.md. */
@ExtendWith(WholeSystem.class)
class ApiFuzz {
  private static final Duration WITHIN = Duration.ofMinutes(Integer.getInteger("fuzz.minutes", 10));
  private static final long SEED =
      Long.getLong("fuzz.seed", ThreadLocalRandom.current().nextLong(1_000_000));

  private final RunningSystem system;

  ApiFuzz(RunningSystem system) {
    this.system = system;
  }

  @Test
  @DisplayName("made-up requests for as long as was said")
  void nothingIsWrong() throws Exception {
    FuzzRun run = new FuzzRun(system, SEED);

    List<String> faults = run.run(Integer.MAX_VALUE, WITHIN);

    assertThat(faults).as("faults with seed %d", SEED).isEmpty();
    System.out.printf("%d requests with seed %d, no fault%n", run.sent(), SEED);
  }
}
