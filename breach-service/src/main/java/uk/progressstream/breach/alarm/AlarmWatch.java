package uk.progressstream.breach.alarm;

import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jboss.logging.Logger;
import uk.progressstream.contracts.audit.Alarm;
import uk.progressstream.contracts.audit.ListAlarmsReply;
import uk.progressstream.contracts.audit.ListAlarmsRequest;
import uk.progressstream.contracts.audit.LogAlarms;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.startup.Loops;

/**
 * Asks the log every few seconds what it is alarmed by, and opens a breach on each alarm: once,
 * since the breach takes the alarm's id. It holds no state, so whatever it misses it hears of next
 * time, and two instances may run.
 */
@ApplicationScoped
public class AlarmWatch {
  private static final Logger LOG = Logger.getLogger(AlarmWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration SILENT_MAX = Duration.ofSeconds(60);
  private static final String OPEN = "select clock.open_by_alarm($1, $2)";

  private final Loops loops;
  private final ScopedDatabase database;
  private final LogAlarms audit;
  private final Counter opened;
  private volatile boolean answered = true;

  AlarmWatch(
      Loops loops,
      ScopedDatabase database,
      @GrpcClient("audit") LogAlarms audit,
      MeterRegistry meters) {
    this.loops = loops;
    this.database = database;
    this.audit = audit;
    // There from the start, so that an alarm on it has something to look at.
    this.opened = meters.counter("breach.log.alarms");
  }

  void start(@Observes StartupEvent event) {
    loops.every("alarm-watch", EVERY, SILENT_MAX, this::round);
  }

  /** A log that does not answer is asked again; that is no silence of this loop. */
  private Uni<Void> round() {
    return audit
        .list(ListAlarmsRequest.getDefaultInstance())
        .chain(this::openAll)
        .invoke(() -> answered = true)
        .onFailure()
        .invoke(this::failed)
        .onFailure()
        .recoverWithNull();
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
        .reserved(
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
