package uk.progressstream.local.up;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import uk.progressstream.local.installation.RunFile;

/** Ends what a launcher that was killed left running on the same data. */
final class LeftBehind {
  private static final long PATIENCE_SECONDS = 5;

  private LeftBehind() {}

  static void end(Path directory) throws IOException {
    Path file = directory.resolve(RunFile.NAME);
    if (Files.notExists(file)) {
      return;
    }
    try {
      JsonObject run = new JsonObject(Files.readString(file));
      JsonObject services = run.getJsonObject("services", new JsonObject());
      services
          .fieldNames()
          .forEach(name -> end(services.getJsonObject(name).getLong("pid"), directory));
      end(run.getLong("gatewayPid"), directory);
    } catch (DecodeException | ClassCastException | NullPointerException e) {
      // Written by another version, or by hand: there is nothing in it to go by.
    }
    Files.delete(file);
  }

  /** Only a process whose command names this very directory: ids are used again. */
  private static void end(long pid, Path directory) {
    ProcessHandle.of(pid)
        .filter(process -> commandLine(process).contains("-Dprogress-stream.data=" + directory))
        .ifPresent(LeftBehind::end);
  }

  private static void end(ProcessHandle process) {
    process.destroy();
    try {
      process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String commandLine(ProcessHandle process) {
    return process.info().commandLine().orElse("");
  }
}
