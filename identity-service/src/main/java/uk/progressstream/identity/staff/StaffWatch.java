package uk.progressstream.identity.staff;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.seal.Deed;
import uk.progressstream.identity.seal.OwnScopes;
import uk.progressstream.identity.seal.Witness;
import uk.progressstream.identity.staff.StaffRepository.Change;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.startup.Loops;

/**
 * Reads the staff file every two seconds and brings what it says to the entries that are bound,
 * also where nothing has changed: so it makes up for what happened while no replica ran, and for
 * what another replica with an older copy did. What is taken away is recorded in the transaction
 * that takes it.
 */
@ApplicationScoped
public class StaffWatch {
  private static final Logger LOG = Logger.getLogger(StaffWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final Duration SILENT_MAX = Duration.ofSeconds(30);
  private static final int ROUNDS_BETWEEN_LINES = 30;
  private static final UUID IDENTITY = OwnScopes.serviceAccount("identity");

  private final Vertx vertx;
  private final StaffFile file;
  private final ScopedDatabase database;
  private final Loops loops;
  private final OwnScopes scopes;
  private final StaffRepository repository;
  private final Witness witness;
  private final AtomicInteger failed = new AtomicInteger();
  private volatile long broughtAtNanos = System.nanoTime();

  StaffWatch(
      Vertx vertx,
      StaffFile file,
      ScopedDatabase database,
      Loops loops,
      OwnScopes scopes,
      StaffRepository repository,
      Witness witness,
      MeterRegistry meters) {
    this.vertx = vertx;
    this.file = file;
    this.database = database;
    this.loops = loops;
    this.scopes = scopes;
    this.repository = repository;
    this.witness = witness;
    Gauge.builder("identity.staff.list.age", this, StaffWatch::ageSeconds)
        .baseUnit("seconds")
        .description("since the staff file was last read, understood and brought to the database")
        .register(meters);
  }

  void start(@Observes StartupEvent event) {
    // A file that is no list of staff keeps the service from starting.
    file.current();
    loops.every("staff-watch", EVERY, SILENT_MAX, this::round);
  }

  /** A file that cannot be read is a round like any other: the service does its work without. */
  private Uni<Void> round() {
    return vertx
        .executeBlocking(file::renew)
        .chain(this::bring)
        .invoke(this::brought)
        .onFailure()
        .recoverWithItem(this::failed);
  }

  private Uni<Void> bring(StaffList list) {
    return database.reserved(
        scopes.staff(),
        connection ->
            repository
                .bring(connection, list.json())
                .chain(changes -> record(connection, changes)));
  }

  private Uni<Void> record(SqlConnection connection, List<Change> changes) {
    return witness.record(connection, IDENTITY, changes.stream().map(StaffWatch::deed).toList());
  }

  private static Deed deed(Change change) {
    return Deed.of(
        change.kind(),
        change.school(),
        event ->
            event
                .actor(IDENTITY, "staff-file")
                .resource(change.resource())
                .filter(Map.of("account", change.account().toString()))
                .concerns(change.concerns()));
  }

  private void brought() {
    broughtAtNanos = System.nanoTime();
    failed.set(0);
  }

  /** Says so at once, and again each minute: until it is mended, nobody is taken off. */
  private @Nullable Void failed(Throwable failure) {
    if (failed.getAndIncrement() % ROUNDS_BETWEEN_LINES == 0) {
      LOG.errorf(
          "the staff file could not be applied; anybody taken off it still has access: %s",
          failure instanceof IllegalStateException
              ? failure.getMessage()
              : failure.getClass().getName());
    }
    return null;
  }

  private double ageSeconds() {
    return (System.nanoTime() - broughtAtNanos) / 1e9;
  }
}
