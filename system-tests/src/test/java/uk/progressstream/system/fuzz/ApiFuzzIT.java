package uk.progressstream.system.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.progressstream.system.running.RunningSystem;
import uk.progressstream.system.running.WholeSystem;

/** A short run of what {@link ApiFuzz} does for longer, with a seed that is always the same. */
@ExtendWith(WholeSystem.class)
class ApiFuzzIT {
  private static final int REQUESTS = 1200;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final RunningSystem system;

  ApiFuzzIT(RunningSystem system) {
    this.system = system;
  }

  @ParameterizedTest
  @ValueSource(longs = {12})
  @DisplayName("Made-up requests bring out no failure, no leak and no wrong record")
  void nothingIsWrong(long seed) throws Exception {
    FuzzRun run = new FuzzRun(system, seed);

    List<String> faults = run.run(REQUESTS, PATIENCE);

    assertThat(faults).as("faults with seed %d", seed).isEmpty();
    assertThat(run.sent()).isEqualTo(REQUESTS);
  }
}
