package uk.progressstream.local.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import uk.progressstream.local.Failure;
import uk.progressstream.local.installation.DataDirectory;
import uk.progressstream.local.installation.RunFile;
import uk.progressstream.local.up.LeftBehind;

/** Stops what {@code demo --keep} or {@code up} left running. */
@Command(
    name = "stop",
    mixinStandardHelpOptions = true,
    description = "Stops what runs, as Ctrl-C would.")
public final class StopCommand implements Callable<Integer> {
  private static final long PATIENCE_SECONDS = 60;

  @Mixin private final DataOption data = new DataOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path directory = data.directory();
    Optional<DataDirectory> idle = DataDirectory.openIdle(directory);
    if (idle.isPresent()) {
      try (DataDirectory held = idle.get()) {
        return endWithoutLauncher(held.path());
      }
    }
    long pid = data.run().launcher();
    Instant written = Files.getLastModifiedTime(directory.resolve(RunFile.NAME)).toInstant();
    ProcessHandle launcher =
        ProcessHandle.of(pid)
            // Ids are used again: whoever wrote it had started before.
            .filter(process -> !startedAfter(written, process))
            .orElseThrow(() -> new Failure("it has stopped already"));
    launcher.destroy();
    try {
      launcher.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new Failure("it does not stop: process " + pid, e);
    }
    System.out.println("stopped");
    return 0;
  }

  private static boolean startedAfter(Instant moment, ProcessHandle process) {
    return process.info().startInstant().filter(moment::isBefore).isPresent();
  }

  private static int endWithoutLauncher(Path directory) throws IOException {
    int ended = LeftBehind.endAll(directory);
    if (ended == 0) {
      throw new Failure("nothing runs in " + directory);
    }
    System.out.printf("stopped %d processes; what started them had been killed%n", ended);
    return 0;
  }
}
