package uk.progressstream.breach.clock;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.startup.Loops;

/**
 * Lets the database fire what is due, each second. What is due stands in its rows, so this holds no
 * state: missed rounds are made up by the next, and two instances may run.
 */
@ApplicationScoped
public class ClockSweep {
  private static final Logger LOG = Logger.getLogger(ClockSweep.class);
  private static final String SWEEP = "select clock.sweep()";

  private static final Duration EVERY = Duration.ofSeconds(1);

  /** An operator should hear of a clock that stands still before a deadline does. */
  private static final Duration STANDS_STILL_AFTER = Duration.ofSeconds(30);

  private final Loops loops;
  private final ScopedDatabase database;

  ClockSweep(Loops loops, ScopedDatabase database) {
    this.loops = loops;
    this.database = database;
  }

  void start(@Observes StartupEvent event) {
    loops.every("breach-clock", EVERY, STANDS_STILL_AFTER, this::sweep);
  }

  private Uni<Integer> sweep() {
    return database
        .reserved(
            connection ->
                connection.query(SWEEP).execute().map(rows -> rows.iterator().next().getInteger(0)))
        .invoke(ClockSweep::tell);
  }

  private static void tell(int fired) {
    if (fired > 0) {
      LOG.infof("the clock fired %d rungs", fired);
    }
  }
}
