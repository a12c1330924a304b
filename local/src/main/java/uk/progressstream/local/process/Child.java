package uk.progressstream.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process to start, again and again if need be.
 *
 * @param label what a person calls it
 * @param command program and arguments
 * @param environment added to the launcher's own
 * @param log where its output goes, at the end of what is there
 */
public record Child(String label, List<String> command, Map<String, String> environment, Path log)
    implements Program {
  private static final boolean OWN_SESSION =
      Files.isExecutable(Path.of("/usr/bin/setsid")) || Files.isExecutable(Path.of("/bin/setsid"));

  /**
   * Starts it. In a session of its own, so that Ctrl-C reaches the launcher alone, which stops it
   * in order.
   */
  @Override
  public Process start() throws IOException {
    List<String> all = new ArrayList<>();
    if (OWN_SESSION) {
      all.add("setsid");
    }
    all.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(all)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Ends it: asks, waits, and then insists. */
  public static void stop(Process process, long patienceSeconds) {
    process.destroy();
    try {
      if (!process.waitFor(patienceSeconds, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(patienceSeconds, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Without its environment, which holds passwords. */
  @Override
  public String toString() {
    return "Child[" + label + "]";
  }
}
