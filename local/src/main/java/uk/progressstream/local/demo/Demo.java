package uk.progressstream.local.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import uk.progressstream.local.installation.Checkout;

/**
 * Starts everything, tells the story, shows the table, and stops everything unless asked not to.
 */
public final class Demo {
  private final Checkout checkout;
  private final int port;
  private final boolean keep;

  /**
   * A demo.
   *
   * @param keep whether everything is left running
   */
  public Demo(Checkout checkout, int port, boolean keep) {
    this.checkout = checkout;
    this.port = port;
    this.keep = keep;
  }

  /**
   * Runs it.
   *
   * @param data directory that keeps the data; null for a temporary one
   * @return whether all was as promised
   */
  public boolean run(@Nullable Path data) throws IOException {
    long started = System.nanoTime();
    System.out.println("Starting PostgreSQL, two sign-in issuers, seven services and the gateway");
    Path directory =
        data == null
            ? Files.createTempDirectory("progress-stream-demo-")
            : data.toAbsolutePath().normalize();
    BackgroundRun run = BackgroundRun.start(checkout, directory, port, data == null);
    Thread hook = new Thread(run::stop, "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    run.awaitReady();
    World world = new World(checkout, directory);
    System.out.printf(
        "  ok  everything answers at %s after %.1f s%n",
        world.run().gateway(), world.run().json().getDouble("startSeconds"));
    Story story = new Story(world);
    boolean passed = story.tell();
    story.table((System.nanoTime() - started) / 1e9);
    if (keep) {
      Runtime.getRuntime().removeShutdownHook(hook);
      System.out.printf(
          "%neverything is left running: %s%nstop it with ./progress-stream stop%n", directory);
    }
    return passed;
  }
}
