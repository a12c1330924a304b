package uk.progressstream.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.system.running.RunningSystem;

/**
 * The command that proves clauses gets as far as its clauses; the proofs are this build's tests.
 */
class ProveIT {
  private static final long PATIENCE_SECONDS = 60;

  @Test
  @DisplayName("prove knows the clauses and says no to one that there is not")
  void clauses() throws Exception {
    assertThat(prove("--help")).contains("CLAUSE");
    assertThat(prove("D99")).contains("D99").doesNotContain("Exception");
  }

  private static String prove(String argument) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    RunningSystem.root().resolve("progress-stream").toString(), "prove", argument))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return said;
  }
}
