package uk.progressstream.system.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import uk.progressstream.system.running.RunningSystem;
import uk.progressstream.system.running.WholeSystem;

/** The short form of {@link ApiFuzz}. */
@ExtendWith(WholeSystem.class)
class FuzzIT {
  private static final int REQUESTS = 1_200;
  private static final Duration WITHIN = Duration.ofSeconds(30);
  private static final long SEED = Long.getLong("fuzz.seed", 12);

  private final RunningSystem system;

  FuzzIT(RunningSystem system) {
    this.system = system;
  }

  @Test
  @DisplayName(
      "made-up requests with genuine ids: no failure, nothing undeclared, nothing of others, each"
          + " read recorded and nothing else")
  void nothingIsWrong() throws Exception {
    FuzzRun run = new FuzzRun(system, SEED);

    List<String> faults = run.run(REQUESTS, WITHIN);

    assertThat(faults).as("faults with seed %d", SEED).isEmpty();
    assertThat(run.sent()).isPositive();
  }
}
