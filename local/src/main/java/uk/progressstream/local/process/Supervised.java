package uk.progressstream.local.process;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A program that is started again, with back-off, whenever it stops by itself. */
public final class Supervised {
  private final Program program;
  private final ScheduledExecutorService scheduler;
  private final Consumer<String> says;
  private final Runnable restarted;
  private final BackOff backOff = new BackOff();

  /** Held while a new process starts, which takes PostgreSQL a minute at worst. */
  private final Object starting = new Object();

  private volatile Process process;
  private volatile Instant startedAt;
  private volatile boolean stopped;

  private Supervised(
      Program program,
      ScheduledExecutorService scheduler,
      Consumer<String> says,
      Runnable restarted,
      Process process) {
    this.program = program;
    this.scheduler = scheduler;
    this.says = says;
    this.restarted = restarted;
    this.process = process;
    this.startedAt = Instant.now();
  }

  /**
   * Starts a program and watches it.
   *
   * @param says gets a line when it died and will be started again
   * @param restarted called after each new start, with another process id
   */
  public static Supervised start(
      Program program,
      ScheduledExecutorService scheduler,
      Consumer<String> says,
      Runnable restarted)
      throws IOException {
    return watch(program, program.start(), scheduler, says, restarted);
  }

  /**
   * Watches a program that runs already.
   *
   * @param says gets a line when it died and will be started again
   * @param restarted called after each new start, with another process id
   */
  public static Supervised watch(
      Program program,
      Process running,
      ScheduledExecutorService scheduler,
      Consumer<String> says,
      Runnable restarted) {
    Supervised supervised = new Supervised(program, scheduler, says, restarted, running);
    supervised.watch(running);
    return supervised;
  }

  /** What a person calls it. */
  public String label() {
    return program.label();
  }

  /** Its present process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether it runs now. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Leaves it to others to end it; it is not started again. */
  public void release() {
    stopped = true;
  }

  /** Asks it to end, also one that is just starting, and does not wait until it has ended. */
  public void askToStop() {
    release();
    synchronized (starting) {
      process.destroy();
    }
  }

  /** Ends it and waits, after some time insists; it is not started again. */
  public void stop(long patienceSeconds) {
    askToStop();
    Child.stop(process, patienceSeconds);
  }

  private void watch(Process running) {
    running.onExit().thenAccept(this::died);
  }

  private void died(Process dead) {
    if (stopped) {
      return;
    }
    Duration wait = backOff.after(startedAt, Instant.now());
    says.accept(
        "%s stopped (exit %d), starting again in %d s; its log: %s"
            .formatted(program.label(), dead.exitValue(), wait.toSeconds(), program.log()));
    scheduler.schedule(this::startAgain, wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void startAgain() {
    synchronized (starting) {
      if (stopped) {
        return;
      }
      startedAt = Instant.now();
      try {
        process = program.start();
      } catch (IOException e) {
        notStarted(e);
        return;
      }
      if (stopped) {
        process.destroy();
        return;
      }
      watch(process);
    }
    says.accept("%s was started again, process %d".formatted(program.label(), pid()));
    restarted.run();
  }

  /** What stands in the way, such as a full disk, may go away. */
  private void notStarted(IOException e) {
    if (stopped) {
      return;
    }
    Duration wait = backOff.after(startedAt, Instant.now());
    says.accept(
        "%s cannot be started again, next try in %d s: %s"
            .formatted(program.label(), wait.toSeconds(), e.getMessage()));
    scheduler.schedule(this::startAgain, wait.toMillis(), TimeUnit.MILLISECONDS);
  }
}
