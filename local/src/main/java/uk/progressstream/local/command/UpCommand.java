package uk.progressstream.local.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uk.progressstream.local.Failure;
import uk.progressstream.local.installation.Checkout;
import uk.progressstream.local.installation.CurrentRun;
import uk.progressstream.local.installation.RunFile;
import uk.progressstream.local.sample.SampleSetUp;
import uk.progressstream.local.up.Bar;
import uk.progressstream.local.up.Installation;
import uk.progressstream.local.up.StartProgress;
import uk.progressstream.local.up.UpOptions;

/** Everything in the foreground. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Starts everything in the foreground; Ctrl-C stops it all.")
public final class UpCommand implements Callable<Integer> {
  static final int DEFAULT_PORT = 8443;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "keeps all data in DIR across restarts; default: a temporary directory")
  private @Nullable Path data;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "port of the gateway, 0 for a free one; default: ${DEFAULT-VALUE}",
      defaultValue = "" + DEFAULT_PORT)
  private int port;

  @Option(names = "--temporary", hidden = true, description = "removes --data when it stops")
  private boolean temporary;

  @Option(
      names = "--sample",
      description = "creates the two sample schools, their people and their data")
  private boolean sample;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Checkout checkout = Checkout.current();
    Installation installation =
        Installation.prepare(checkout, new UpOptions(data, temporary, port, false), UpCommand::say);
    CountDownLatch stopped = new CountDownLatch(1);
    Thread hook = new Thread(() -> stop(installation, stopped), "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      start(checkout, installation);
      say("ready; Ctrl-C stops it");
    } catch (IOException | RuntimeException e) {
      // Stopping pulls the ground from under a start; that is not worth a line.
      if (!installation.isStopping()) {
        throw e;
      }
    }
    stopped.await();
    return 0;
  }

  private void start(Checkout checkout, Installation installation) throws IOException {
    try (Bar bar = Bar.open("starting", StartProgress.STEPS, "", 1)) {
      installation.start(bar::step);
    }
    CurrentRun.remember(checkout, installation.directory());
    report(installation);
    if (sample) {
      createSample(installation);
    }
  }

  /** An earlier run may have changed these schools; that must not stop the installation. */
  private void createSample(Installation installation) throws IOException {
    try {
      SampleSetUp.at(RunFile.read(installation.directory())).run(UpCommand::say);
    } catch (Failure e) {
      if (data == null) {
        throw e;
      }
      say("the sample was not created, or has been changed since: " + e.getMessage());
    }
  }

  private static void report(Installation installation) {
    say("everything answers after %.1f s".formatted(installation.startSeconds()));
    say("gateway      " + installation.gatewayUrl());
    say("authority    " + installation.authorityFile());
    say("run.json     " + installation.directory().resolve(RunFile.NAME));
  }

  private static void stop(Installation installation, CountDownLatch stopped) {
    say("stopping");
    try {
      installation.close();
      say("stopped");
    } catch (IOException e) {
      say("stopping went wrong: " + e.getMessage());
    }
    stopped.countDown();
  }

  private static void say(String line) {
    System.out.println(Instant.now().truncatedTo(ChronoUnit.SECONDS) + "  " + line);
  }
}
