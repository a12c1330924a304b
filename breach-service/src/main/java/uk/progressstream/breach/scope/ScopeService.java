package uk.progressstream.breach.scope;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import uk.progressstream.breach.clock.Step;
import uk.progressstream.breach.clock.StepCompletions;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.problem.Problem;

/** Reading and confirming which schools a breach affected. */
@ApplicationScoped
public class ScopeService {
  private final ScopedDatabase database;
  private final ScopeRepository repository;
  private final SchoolLogs logs;
  private final ScopeEvents events;
  private final StepCompletions completions;

  ScopeService(
      ScopedDatabase database,
      ScopeRepository repository,
      SchoolLogs logs,
      ScopeEvents events,
      StepCompletions completions) {
    this.database = database;
    this.repository = repository;
    this.logs = logs;
    this.events = events;
    this.completions = completions;
  }

  /** What the logs say; no transaction is open while they are asked. */
  Uni<BreachScope> read(Caller caller, UUID breach) {
    return database
        .inScope(caller.scope(), connection -> repository.window(connection, breach))
        .chain(window -> askAndRecord(caller, window));
  }

  /**
   * Writes down affected schools and completes the step {@code scope}.
   *
   * @throws Problem 404 where there is no such breach
   */
  Uni<ConfirmedScope> confirm(Caller caller, UUID breach, List<UUID> schools) {
    return database.inScope(
        caller.scope(),
        connection ->
            repository
                .confirm(connection, breach, schools, caller.account())
                .chain(fresh -> completed(connection, caller, breach, fresh)));
  }

  private Uni<BreachScope> askAndRecord(Caller caller, LogWindow window) {
    return logs.ask(caller, window).chain(schools -> record(caller, window, schools));
  }

  private Uni<BreachScope> record(Caller caller, LogWindow window, List<SchoolScope> schools) {
    return database.inScope(
        caller.scope(),
        connection ->
            repository
                .confirmed(connection, window.breach())
                .map(confirmed -> BreachScope.of(window, schools, confirmed))
                .call(scope -> events.read(connection, caller, scope)));
  }

  /**
   * Completes the step before writing the event. Completing may wait for the clock, and the clock
   * may wait for the company's sequence. Writing the event locks that sequence until the commit, so
   * the other order could deadlock.
   */
  private Uni<ConfirmedScope> completed(
      SqlConnection connection, Caller caller, UUID breach, int fresh) {
    return Uni.combine()
        .all()
        .unis(
            repository.confirmed(connection, breach),
            completions.complete(connection, caller, breach, Step.SCOPE))
        .usingConcurrencyOf(1)
        .with(ConfirmedScope::new)
        .call(() -> events.confirmed(connection, caller, breach, fresh));
  }
}
