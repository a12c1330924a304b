package uk.progressstream.local.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import uk.progressstream.local.Failure;
import uk.progressstream.local.installation.Checkout;
import uk.progressstream.local.installation.RunFile;
import uk.progressstream.local.process.Child;
import uk.progressstream.local.service.JavaCommand;
import uk.progressstream.local.service.JavaProgram;
import uk.progressstream.local.up.Bar;

/** {@code ./progress-stream up} as a child, whose output goes to a file. */
final class BackgroundRun {
  private static final long POLL_MS = 100;
  private static final long STOP_SECONDS = 40;
  private static final int STEPS_SHOWN = 200;

  private final Path data;
  private final Path output;
  private final Process process;

  private BackgroundRun(Path data, Path output, Process process) {
    this.data = data;
    this.output = output;
    this.process = process;
  }

  /**
   * Starts it and waits until everything answers.
   *
   * @param temporary whether the data goes away when it stops
   */
  static BackgroundRun start(Checkout checkout, Path data, int port, boolean temporary)
      throws IOException {
    Path output = Files.createTempFile("progress-stream-up", ".log");
    List<String> command =
        new ArrayList<>(
            new JavaCommand(checkout.root(), false)
                .of(JavaProgram.launcher(checkout.launcherJar()), data));
    command.addAll(List.of("up", "--port", Integer.toString(port), "--data", data.toString()));
    if (temporary) {
      command.add("--temporary");
    }
    Child child = new Child("up", command, Map.of("PS_TERMINAL", "0"), output);
    return new BackgroundRun(data, output, child.start());
  }

  void awaitReady() throws IOException {
    try (Bar bar = Bar.open("starting", STEPS_SHOWN, "", 1)) {
      for (int i = 0; Files.notExists(data.resolve(RunFile.NAME)); i++) {
        if (!process.isAlive()) {
          throw new Failure(lastLine());
        }
        bar.to(Math.min(i, STEPS_SHOWN - 1));
        pause();
      }
    }
  }

  void stop() {
    Child.stop(process, STOP_SECONDS);
    try {
      Files.deleteIfExists(output);
    } catch (IOException e) {
      // A log in the temporary directory, of no use to anybody.
    }
  }

  long pid() {
    return process.pid();
  }

  private String lastLine() throws IOException {
    List<String> lines = Files.readAllLines(output).stream().filter(l -> !l.isBlank()).toList();
    return lines.stream()
        .filter(line -> line.startsWith("progress-stream: "))
        .map(line -> line.substring("progress-stream: ".length()))
        .reduce((earlier, later) -> later)
        .orElse("it did not start; it said: " + String.join(" / ", lines));
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted", e);
    }
  }
}
