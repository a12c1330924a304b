package uk.progressstream.audit.witness;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import org.jboss.logging.Logger;
import uk.progressstream.audit.publication.SignedTree;
import uk.progressstream.audit.publication.TreeService;
import uk.progressstream.log.tree.Hash;
import uk.progressstream.log.tree.NotVerifiedException;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.outbox.Outbox;
import uk.progressstream.platform.outbox.Outcome;
import uk.progressstream.platform.problem.Problem;

/**
 * Serves a school nothing of a log that is not the one that its people saw before. A mismatch is
 * recorded with the school, counted as {@code audit.checkpoint.mismatches} and logged.
 */
@ApplicationScoped
public class LogGuard {
  private static final Logger LOG = Logger.getLogger(LogGuard.class);

  private final ScopedDatabase database;
  private final SeenRepository repository;
  private final AlarmRepository alarms;
  private final TreeService tree;
  private final Outbox outbox;
  private final Counter mismatches;

  LogGuard(
      ScopedDatabase database,
      SeenRepository repository,
      AlarmRepository alarms,
      TreeService tree,
      Outbox outbox,
      MeterRegistry meters) {
    this.database = database;
    this.repository = repository;
    this.alarms = alarms;
    this.tree = tree;
    this.outbox = outbox;
    // There from the start, so that an alarm on it has something to look at.
    this.mismatches = meters.counter("audit.checkpoint.mismatches");
  }

  /**
   * Runs work in a transaction under the caller's scope, if the log fits what the school saw; fails
   * with a 409 problem otherwise.
   */
  public <T> Uni<T> inScope(Caller caller, Function<SqlConnection, Uni<T>> work) {
    return database
        .inScope(
            caller.scope(), connection -> check(connection).chain(() -> work.apply(connection)))
        .onFailure(LogMismatchException.class)
        .recoverWithUni(() -> alarm(caller));
  }

  /** Whether the tree that is stored had this root at this size. */
  Uni<Boolean> fits(SqlConnection connection, long size, Hash root) {
    return tree.latest(connection)
        .map(SignedTree::size)
        .chain(
            latest ->
                size > latest
                    ? Uni.createFrom().item(false)
                    : tree.root(connection, size)
                        .map(root::equals)
                        .onFailure(NotVerifiedException.class)
                        .recoverWithItem(false));
  }

  /**
   * Makes a mismatch known, to breach as well, which opens a breach on it; fails with the problem
   * that the caller is told.
   */
  <T> Uni<T> alarm(Caller caller) {
    mismatches.increment();
    LOG.error("the log does not fit a checkpoint that a school saw: docs/runbooks/audit-log.md");
    return database
        .inScope(caller.scope(), connection -> raise(connection, caller))
        .onItemOrFailure()
        .transformToUni((done, failure) -> Uni.createFrom().failure(mismatch()));
  }

  /** The alarm first: an event holds the school's sequence until the commit. */
  private Uni<Void> raise(SqlConnection connection, Caller caller) {
    return alarms.raise(connection).chain(() -> record(connection, caller));
  }

  private Uni<Void> record(SqlConnection connection, Caller caller) {
    return outbox.record(
        connection,
        caller.scope().scope().anySchools().stream()
            .map(
                school ->
                    AuditEvent.of("log.mismatch", school)
                        .actor(caller)
                        .resource("checkpoint")
                        .outcome(Outcome.FAILED))
            .toList());
  }

  private Uni<Void> check(SqlConnection connection) {
    return repository
        .decisive(connection)
        .chain(
            seen ->
                seen.isEmpty()
                    ? Uni.createFrom().item(true)
                    : fits(connection, seen.get().size(), seen.get().root())
                        .map(fits -> fits && seen.get().fits()))
        .invoke(
            fits -> {
              if (!fits) {
                throw new LogMismatchException();
              }
            })
        .replaceWithVoid();
  }

  private static Problem mismatch() {
    return Problem.conflict(
        "log-mismatch",
        "The log does not fit what your school saw",
        "A checkpoint that your school handed in and the log as it is now exclude each other. Keep your"
            + " checkpoint: it is evidence. This was recorded.");
  }
}
