package uk.progressstream.breach.clock;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import uk.progressstream.platform.database.ScopedDatabase;

/**
 * Lets the database fire what is due, each second. What is due stands in its rows, so this holds no
 * state but when it last succeeded: missed rounds are made up by the next, and two instances may
 * run.
 */
@ApplicationScoped
public class ClockSweep {
  private static final Logger LOG = Logger.getLogger(ClockSweep.class);
  private static final long EVERY_MS = 1_000;
  private static final String SWEEP = "select clock.sweep()";

  private final Vertx vertx;
  private final ScopedDatabase database;
  private final AtomicBoolean running = new AtomicBoolean();
  private volatile long lastSuccessNanos = System.nanoTime();
  private long timer;

  ClockSweep(Vertx vertx, ScopedDatabase database) {
    this.vertx = vertx;
    this.database = database;
  }

  void start(@Observes StartupEvent event) {
    timer = vertx.setPeriodic(EVERY_MS, id -> round());
  }

  void stop(@Observes ShutdownEvent event) {
    vertx.cancelTimer(timer);
  }

  /** How long ago a sweep last succeeded. */
  Duration sinceLastSuccess() {
    return Duration.ofNanos(System.nanoTime() - lastSuccessNanos);
  }

  private void round() {
    if (running.compareAndSet(false, true)) {
      sweep().subscribe().with(this::succeeded, this::failed);
    }
  }

  private Uni<Integer> sweep() {
    return database.withoutScope(
        connection ->
            connection.query(SWEEP).execute().map(rows -> rows.iterator().next().getInteger(0)));
  }

  private void succeeded(int fired) {
    lastSuccessNanos = System.nanoTime();
    running.set(false);
    if (fired > 0) {
      LOG.infof("the clock fired %d rungs", fired);
    }
  }

  private void failed(Throwable failure) {
    running.set(false);
    LOG.warnf("the clock could not sweep: %s", failure.getClass().getName());
  }
}
