package uk.progressstream.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.progressstream.system.running.RunningSystem;
import uk.progressstream.system.running.WholeSystem;

/** What is in the way of a start is one line, an exit code, and nothing that keeps running. */
@ExtendWith(WholeSystem.class)
class RefusedStartIT {
  private static final long PATIENCE_SECONDS = 120;

  @TempDir private Path directory;

  @Test
  @DisplayName("A port that is in use is named, with the way out")
  void aPortInUse() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      assertRefused(
          start(directory.resolve("data"), "--port", port),
          "port " + port + " is in use; choose another with --port, or 0 for any");
    }
  }

  @Test
  @DisplayName("Data that another launcher works on is left alone")
  void dataInUse(RunningSystem system) throws Exception {
    String before = system.run().json().encode();

    assertRefused(
        start(system.directory(), "--port", "0"),
        system.directory() + " is in use by another ./progress-stream up");
    assertThat(system.run().json().encode()).isEqualTo(before);
  }

  @Test
  @DisplayName("A data directory that cannot be written to is named")
  void aDirectoryThatCannotBeWrittenTo() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));

    assertRefused(
        start(file.resolve("data"), "--port", "0"),
        "cannot write to " + file.resolve("data") + ": Not a directory");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "hardly any room, 'size=100m', 'the disk is full: 100 MiB free at %s, 500 MiB needed'",
    "full in the midst of the start, 'size=2g,nr_inodes=400', 'the disk is full'"
  })
  @DisplayName("A full disk is said to be full")
  void aFullDisk(String when, String size, String line) throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    Path data = disk.resolve("data");
    assumeTrue(run(onDisk(disk, size, "true")).exit() == 0, "no small disk can be mounted here");
    String launcher = RunningSystem.root().resolve("progress-stream").toString();
    String up = "PS_NO_BUILD=1 exec '%s' up --port 0 --data '%s'".formatted(launcher, data);

    assertRefused(run(onDisk(disk, size, up)), line.formatted(data));
    assertThat(RunningSystem.processesOf(disk)).isEmpty();
  }

  private void assertRefused(Outcome outcome, String line) {
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.errors()).containsExactly("progress-stream: " + line);
    assertThat(RunningSystem.processesOf(directory)).isEmpty();
  }

  private Outcome start(Path data, String... more) throws Exception {
    Path output = directory.resolve("output");
    return outcome(RunningSystem.up(data, output, more), output);
  }

  /** In a mount namespace of its own, so that the disk goes away with the process. */
  private static ProcessBuilder onDisk(Path disk, String size, String command) {
    String mount = "mount -t tmpfs -o %s tmpfs '%s'".formatted(size, disk);
    return new ProcessBuilder(
        "unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount + " && " + command);
  }

  private Outcome run(ProcessBuilder builder) throws Exception {
    Path output = directory.resolve("output");
    try {
      return outcome(
          builder.redirectErrorStream(true).redirectOutput(output.toFile()).start(), output);
    } catch (IOException noSuchProgram) {
      return new Outcome(-1, List.of());
    }
  }

  private static Outcome outcome(Process process, Path output) throws Exception {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroy();
      process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      throw new AssertionError("it did not end:\n" + Files.readString(output));
    }
    List<String> said = Files.readAllLines(output);
    return new Outcome(
        process.exitValue(),
        said.stream().filter(line -> !line.matches("\\S+Z  stopp(ing|ed)")).toList());
  }

  /** How it ended, and what it said but for its stopping. */
  private record Outcome(int exit, List<String> errors) {}
}
