package uk.progressstream.breach.alarm;

import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import uk.progressstream.contracts.audit.Alarm;
import uk.progressstream.contracts.audit.ListAlarmsReply;
import uk.progressstream.contracts.audit.ListAlarmsRequest;
import uk.progressstream.contracts.audit.LogAlarms;
import uk.progressstream.platform.database.ScopedDatabase;

/**
 * Asks the log every few seconds what it is alarmed by, and opens a breach on each alarm: once,
 * since the breach takes the alarm's id. It holds no state, so whatever it misses it hears of next
 * time, and two instances may run.
 */
@ApplicationScoped
public class AlarmWatch {
  private static final Logger LOG = Logger.getLogger(AlarmWatch.class);
  private static final long EVERY_MS = 5_000;
  private static final String OPEN = "select clock.open_by_alarm($1, $2)";

  private final Vertx vertx;
  private final ScopedDatabase database;
  private final LogAlarms audit;
  private final Counter opened;
  private final AtomicBoolean running = new AtomicBoolean();
  private volatile boolean answered = true;
  private long timer;

  AlarmWatch(
      Vertx vertx,
      ScopedDatabase database,
      @GrpcClient("audit") LogAlarms audit,
      MeterRegistry meters) {
    this.vertx = vertx;
    this.database = database;
    this.audit = audit;
    // There from the start, so that an alarm on it has something to look at.
    this.opened = meters.counter("breach.log.alarms");
  }

  void start(@Observes StartupEvent event) {
    timer = vertx.setPeriodic(EVERY_MS, id -> round());
  }

  void stop(@Observes ShutdownEvent event) {
    vertx.cancelTimer(timer);
  }

  private void round() {
    if (running.compareAndSet(false, true)) {
      audit
          .list(ListAlarmsRequest.getDefaultInstance())
          .chain(this::openAll)
          .eventually(() -> running.set(false))
          .subscribe()
          .with(done -> answered = true, this::failed);
    }
  }

  private Uni<Void> openAll(ListAlarmsReply reply) {
    return Multi.createFrom()
        .iterable(reply.getAlarmsList())
        .onItem()
        .transformToUniAndConcatenate(this::open)
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Boolean> open(Alarm alarm) {
    Tuple values =
        Tuple.of(UUID.fromString(alarm.getId()), OffsetDateTime.parse(alarm.getRaisedAt()));
    return database
        .withoutScope(
            connection ->
                connection
                    .preparedQuery(OPEN)
                    .execute(values)
                    .map(rows -> rows.iterator().next().getBoolean(0)))
        .invoke(fresh -> tell(fresh, alarm));
  }

  private void tell(boolean fresh, Alarm alarm) {
    if (fresh) {
      opened.increment();
      LOG.errorf("an alarm of the audit log opened breach %s: docs/runbooks", alarm.getId());
    }
  }

  /** Says so once, not every few seconds. */
  private void failed(Throwable failure) {
    if (answered) {
      LOG.warnf(
          "the log was not asked for its alarms: %s", Status.fromThrowable(failure).getCode());
    }
    answered = false;
  }
}
