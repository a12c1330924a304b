package uk.progressstream.local.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import uk.progressstream.local.installation.RunFile;
import uk.progressstream.local.service.JavaCommand;

/**
 * Ends what a launcher that was killed left running on the same data. Processes are found by their
 * commands: a launcher that was killed while it started had written down none of them, and ids are
 * used again.
 */
public final class LeftBehind {
  private static final long PATIENCE_SECONDS = 5;
  private static final long DATABASE_PATIENCE_SECONDS = 30;

  private LeftBehind() {}

  /**
   * Ends the services and the gateway; PostgreSQL is for whoever starts it again.
   *
   * @param directory that no launcher works in
   * @return how many there were
   */
  public static int end(Path directory) throws IOException {
    int ended = end(PATIENCE_SECONDS, command -> JavaCommand.isOn(directory, command));
    Files.deleteIfExists(directory.resolve(RunFile.NAME));
    return ended;
  }

  /** The same, and PostgreSQL. */
  public static int endAll(Path directory) throws IOException {
    String database = " -D " + directory.resolve("postgres/data");
    return end(directory) + end(DATABASE_PATIENCE_SECONDS, command -> command.endsWith(database));
  }

  private static int end(long patienceSeconds, Predicate<String> ours) {
    List<ProcessHandle> left =
        ProcessHandle.allProcesses()
            .filter(process -> process.info().commandLine().filter(ours).isPresent())
            .toList();
    left.forEach(ProcessHandle::destroy);
    left.forEach(process -> await(process, patienceSeconds));
    return left.size();
  }

  private static void await(ProcessHandle process, long patienceSeconds) {
    try {
      process.onExit().get(patienceSeconds, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
