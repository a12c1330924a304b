package uk.progressstream.system.running;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
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

  private final Path directory;
  private final Process launcher;
  private final Path output;

  private RunningSystem(Path directory, Process launcher, Path output) {
    this.directory = directory;
    this.launcher = launcher;
    this.output = output;
  }

  /** Starts it and waits until the sample is there. */
  static RunningSystem start() {
    try {
      Path directory = Files.createTempDirectory("progress-stream-system");
      Path output = directory.resolveSibling(directory.getFileName() + ".log");
      ProcessBuilder up =
          new ProcessBuilder(
                  root().resolve("progress-stream").toString(),
                  "up",
                  "--sample",
                  "--port",
                  "0",
                  "--data",
                  directory.toString())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      // The build that runs this test has built everything; another one inside it would disturb it.
      up.environment().put("PS_NO_BUILD", "1");
      RunningSystem system = new RunningSystem(directory, up.start(), output);
      system.awaitReady();
      return system;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  @Override
  public void close() throws IOException, InterruptedException {
    launcher.destroy();
    if (!launcher.waitFor(STOPPED_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
      launcher.destroyForcibly();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(output);
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
