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
  private static final long PATIENCE_SECONDS = 10;
  private static final long DATABASE_PATIENCE_SECONDS = 30;

  private LeftBehind() {}

  /**
   * Ends the services and the gateway; PostgreSQL is for whoever starts it again.
   *
   * @param directory that no launcher works in
   * @return how many there were
   */
  public static int end(Path directory) throws IOException {
    // First, or somebody else would still go by the ids in it.
    Files.deleteIfExists(directory.resolve(RunFile.NAME));
    List<ProcessHandle> left = find(command -> JavaCommand.isOn(directory, command));
    left.forEach(ProcessHandle::destroy);
    return await(left, PATIENCE_SECONDS);
  }

  /** The same, and PostgreSQL. */
  public static int endAll(Path directory) throws IOException {
    String database = " -D " + directory.resolve("postgres/data");
    int services = end(directory);
    List<ProcessHandle> servers = find(command -> command.endsWith(database));
    for (ProcessHandle server : servers) {
      // Its fast way to stop: TERM would wait until the last session has ended. The shell has a
      // kill of its own; the program is not everywhere.
      new ProcessBuilder("sh", "-c", "kill -INT " + server.pid()).inheritIO().start();
    }
    return services + await(servers, DATABASE_PATIENCE_SECONDS);
  }

  private static List<ProcessHandle> find(Predicate<String> command) {
    ProcessHandle self = ProcessHandle.current();
    return ProcessHandle.allProcesses()
        // A launcher that the demo started has such a command, too.
        .filter(process -> !process.equals(self))
        .filter(process -> process.info().commandLine().filter(command).isPresent())
        .toList();
  }

  private static int await(List<ProcessHandle> processes, long patienceSeconds) {
    for (ProcessHandle process : processes) {
      if (!hasEnded(process, patienceSeconds)) {
        process.destroyForcibly();
        hasEnded(process, patienceSeconds);
      }
    }
    return processes.size();
  }

  private static boolean hasEnded(ProcessHandle process, long patienceSeconds) {
    try {
      process.onExit().get(patienceSeconds, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
