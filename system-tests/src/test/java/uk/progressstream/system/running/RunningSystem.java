package uk.progressstream.system.running;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import uk.progressstream.local.client.ApiClient;
import uk.progressstream.local.client.SignIn;
import uk.progressstream.local.installation.RunFile;
import uk.progressstream.local.issuer.SampleAccount;

/** {@code ./progress-stream up --sample} on free ports, in a directory of its own. */
public final class RunningSystem implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofMinutes(5);
  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(40);
  private static final long POLL_MS = 200;

  // A build that a shell started in the background ignores SIGINT, and so would what it starts.
  private static final List<String> DEFAULT_SIGNALS =
      System.getProperty("os.name").equals("Linux")
          ? List.of("env", "--default-signal=INT,TERM")
          : List.of();

  private final Path directory;
  private final Path output;
  private Process launcher;

  private RunningSystem(Path directory, Path output) throws IOException {
    this.directory = directory;
    this.output = output;
    this.launcher = up(directory, output, "--sample", "--port", "0");
    awaitReady();
  }

  /** Starts it and waits until the sample is there. */
  public static RunningSystem start() {
    try {
      Path directory = Files.createTempDirectory("progress-stream-system");
      return new RunningSystem(
          directory, directory.resolveSibling(directory.getFileName() + ".log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code ./progress-stream up} on a data directory; what it says goes to a file. */
  public static Process up(Path directory, Path output, String... more) throws IOException {
    List<String> command = new ArrayList<>(DEFAULT_SIGNALS);
    command.addAll(List.of(root().resolve("progress-stream").toString(), "up"));
    command.addAll(List.of("--data", directory.toString()));
    command.addAll(List.of(more));
    ProcessBuilder up =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    // The build that runs this test has built everything; another one inside it would disturb it.
    up.environment().put("PS_NO_BUILD", "1");
    return up.start();
  }

  /** The checkout. */
  public static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("progress-stream")) ? here : here.resolve("..").normalize();
  }

  /** Where it keeps everything. */
  public Path directory() {
    return directory;
  }

  /** {@code run.json} as it is now. */
  public RunFile run() {
    try {
      return RunFile.read(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code run.json} says of a service. */
  public JsonObject service(String name) {
    return run().service(name);
  }

  /** The gateway with a fresh access token of a sample account. */
  public ApiClient as(SampleAccount account) {
    return signIn().as(account);
  }

  /** Signs accounts in. */
  public SignIn signIn() {
    try {
      return SignIn.at(run());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends a service's process as a power cut would; the launcher starts it again. */
  public void kill(String service) {
    ProcessHandle.of(service(service).getLong("pid")).orElseThrow().destroyForcibly();
  }

  /** What the launcher said until now. */
  public String said() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Ctrl-C on the launcher.
   *
   * @return its exit code
   */
  public int interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(launcher.pid())).start().waitFor();
    if (!launcher.waitFor(STOPPED_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("it did not stop:\n" + said());
    }
    return launcher.exitValue();
  }

  /** Starts it again on the same data and the same port, after {@link #interrupt}. */
  public void startAgain(int port) throws IOException {
    launcher = up(directory, output, "--port", Integer.toString(port));
    awaitReady();
  }

  /** Processes of any run whose command names this data directory. */
  public static List<String> processesOf(Path directory) {
    return ProcessHandle.allProcesses()
        .map(process -> process.pid() + " " + process.info().commandLine().orElse(""))
        .filter(line -> line.contains(directory.toString()))
        .toList();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    launcher.destroy();
    if (!launcher.waitFor(STOPPED_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
      launcher.destroyForcibly();
    }
    keepLogs();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(output);
  }

  /** Keeps the logs in the build's folder, so that a rare failure can be explained. */
  private void keepLogs() throws IOException {
    Path kept = root().resolve("system-tests/target/logs").resolve(directory.getFileName());
    Files.createDirectories(kept);
    try (Stream<Path> logs = Files.list(directory.resolve("logs"))) {
      for (Path log : logs.toList()) {
        Files.copy(log, kept.resolve(log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private void awaitReady() throws IOException {
    Instant deadline = Instant.now().plus(READY_WITHIN);
    while (!Files.readString(output).contains("ready;")) {
      if (!launcher.isAlive() || Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("it did not start:\n" + Files.readString(output));
      }
      pause();
    }
  }

  /** Waits a moment between two looks. */
  public static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
