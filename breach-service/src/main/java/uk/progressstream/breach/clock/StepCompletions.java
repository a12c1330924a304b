package uk.progressstream.breach.clock;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.outbox.Outbox;
import uk.progressstream.platform.problem.Problem;

/** Completes a step once, in the caller's transaction, with its event. */
@ApplicationScoped
public class StepCompletions {
  private static final String INSERT =
      """
      insert into step_completion (breach_id, step, completed_by)
      select b.id, $2, $3 from breach b where b.id = $1
      on conflict (breach_id, step) do nothing
      """;

  private static final String SELECT =
      """
      select b.aware_at, c.met_at, c.completed_by
      from breach b join step_completion c on c.breach_id = b.id where b.id = $1 and c.step = $2
      """;

  private final Outbox outbox;

  StepCompletions(Outbox outbox) {
    this.outbox = outbox;
  }

  /**
   * Completes a step; one that was completed before stays as it was.
   *
   * @throws Problem 404 where there is no such breach
   */
  public Uni<Completion> complete(SqlConnection connection, Caller caller, UUID breach, Step step) {
    return insert(connection, caller, breach, step)
        .chain(isFirst -> completed(connection, caller, breach, step, isFirst));
  }

  private Uni<Boolean> insert(SqlConnection connection, Caller caller, UUID breach, Step step) {
    return connection
        .preparedQuery(INSERT)
        .execute(Tuple.of(breach, step.code(), caller.account()))
        .map(done -> done.rowCount() == 1);
  }

  private Uni<Completion> completed(
      SqlConnection connection, Caller caller, UUID breach, Step step, boolean isFirst) {
    Uni<Completion> completion = select(connection, breach, step);
    return isFirst
        ? completion.call(done -> outbox.record(connection, event(caller, breach, done)))
        : completion;
  }

  private Uni<Completion> select(SqlConnection connection, UUID breach, Step step) {
    return connection
        .preparedQuery(SELECT)
        .execute(Tuple.of(breach, step.code()))
        .map(rows -> completion(rows, step));
  }

  private static AuditEvent event(Caller caller, UUID breach, Completion done) {
    return AuditEvent.of("breach.step-met", AuditEvent.COMPANY)
        .actor(caller)
        .resource("breach")
        .concerns(breach)
        .filter(Map.of("step", done.step(), "state", done.state().code()));
  }

  private static Completion completion(RowSet<Row> rows, Step step) {
    if (rows.size() == 0) {
      throw Problem.notFound();
    }
    Row row = rows.iterator().next();
    Instant metAt = row.getOffsetDateTime("met_at").toInstant();
    Instant dueAt = step.dueAt(row.getOffsetDateTime("aware_at").toInstant());
    StepState state = metAt.isAfter(dueAt) ? StepState.MISSED : StepState.MET;
    return new Completion(step.code(), metAt, row.getUUID("completed_by"), state);
  }
}
