package uk.progressstream.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.progressstream.provisioning.ports.Ports;
import uk.progressstream.system.running.RunningSystem;

class EarlyStopIT {
  private static final Duration BEGUN_WITHIN = Duration.ofMinutes(2);
  private static final long STOPPED_WITHIN_SECONDS = 60;

  @TempDir private Path directory;

  @ParameterizedTest(name = "{0} once {1} is there")
  @CsvSource({
    "INT,  issuers.json,                  130",
    "TERM, postgres/data/postmaster.pid,  143",
    "INT,  logs/sensitive.log,            130"
  })
  @DisplayName("A start that is stopped half way leaves no process")
  void stoppedHalfWay(String signal, String begun, int exit) throws Exception {
    Path data = directory.resolve("data");
    Path output = directory.resolve("output");
    Process launcher = RunningSystem.up(data, output, "--port", "0");
    try {
      await(launcher, data.resolve(begun), output);

      String pid = Long.toString(launcher.pid());
      new ProcessBuilder("kill", "-" + signal, pid).start().waitFor();

      assertThat(launcher.waitFor(STOPPED_WITHIN_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(RunningSystem.processesOf(data)).isEmpty();
      assertThat(launcher.exitValue()).isEqualTo(exit);
      assertThat(Files.readString(output)).endsWith("stopped\n").doesNotContain("progress-stream:");
    } finally {
      launcher.destroyForcibly();
    }
  }

  @Test
  @DisplayName("What a launcher that is killed half way left is ended by stop, or by the next up")
  void killedHalfWay() throws Exception {
    Path data = directory.resolve("data");
    String port = Integer.toString(Ports.free());
    killOnceItListens(data, port);
    Files.delete(data.resolve("logs/gateway.log"));

    Path output = directory.resolve("next");
    Process next = RunningSystem.up(data, output, "--port", port);
    try {
      await(next, data.resolve("logs/gateway.log"), output);
    } finally {
      next.destroyForcibly();
    }
    Path said = directory.resolve("said");
    ProcessBuilder command =
        new ProcessBuilder(
            RunningSystem.root().resolve("progress-stream").toString(),
            "stop",
            "--data",
            data.toString());
    command.environment().put("PS_NO_BUILD", "1");
    Process stop = command.redirectErrorStream(true).redirectOutput(said.toFile()).start();

    assertThat(stop.waitFor(STOPPED_WITHIN_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(said).content().contains("what started them had been killed");
    assertThat(RunningSystem.processesOf(data)).isEmpty();
  }

  /** It has the gateway's port by then, and has not yet written down what it started. */
  private void killOnceItListens(Path data, String port) throws Exception {
    Path output = directory.resolve("killed");
    Process launcher = RunningSystem.up(data, output, "--port", port);
    try {
      await(launcher, data.resolve("logs/gateway.log"), output);
      Instant deadline = Instant.now().plus(BEGUN_WITHIN);
      while (Ports.isFree(Integer.parseInt(port))) {
        assertThat(Instant.now()).isBefore(deadline);
        TimeUnit.MILLISECONDS.sleep(5);
      }
      assertThat(data.resolve("run.json")).doesNotExist();
    } finally {
      launcher.destroyForcibly().waitFor();
    }
  }

  private static void await(Process launcher, Path file, Path output) throws Exception {
    Instant deadline = Instant.now().plus(BEGUN_WITHIN);
    while (Files.notExists(file)) {
      assertThat(launcher.isAlive()).as(Files.readString(output)).isTrue();
      assertThat(Instant.now()).isBefore(deadline);
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }
}
