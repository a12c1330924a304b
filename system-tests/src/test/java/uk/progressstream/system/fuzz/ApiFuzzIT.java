package uk.progressstream.system.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.system.running.RunningSystem;

/** A short round of {@link ApiFuzz}, always the same, in a system of its own that it may spoil. */
class ApiFuzzIT {
  private static final long SEED = 12;
  private static final int REQUESTS = 1500;

  /** Longer than so many requests take on a busy machine. */
  private static final Duration WITHIN = Duration.ofMinutes(10);

  @Test
  @DisplayName("made-up requests meet no failure, no wait, and no read without its record")
  void nothingIsWrong() throws Exception {
    try (RunningSystem own = RunningSystem.start()) {
      FuzzRun run = new FuzzRun(own, SEED);

      List<String> faults = run.run(REQUESTS, WITHIN);

      assertThat(faults).as("faults with seed %d", SEED).isEmpty();
      assertThat(run.sent()).isEqualTo(REQUESTS);
    }
  }
}
