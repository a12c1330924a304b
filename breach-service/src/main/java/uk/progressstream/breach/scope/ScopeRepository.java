package uk.progressstream.breach.scope;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import uk.progressstream.platform.problem.Problem;

/** The statements on a breach's scope; each runs in a transaction that has its scope. */
@ApplicationScoped
public class ScopeRepository {
  private static final String WINDOW =
      """
      select b.id, b.window_from, b.window_to,
             array(select s.account from breach_suspect s where s.breach_id = b.id) as actors
      from breach b where b.id = $1
      """;

  private static final String CONFIRM =
      """
      insert into scope_confirmation (school_id, breach_id, confirmed_by)
      select s, b.id, $3 from breach b cross join unnest($2::uuid[]) as s where b.id = $1
      on conflict (school_id, breach_id) do nothing
      """;

  private static final String CONFIRMED =
      "select school_id from scope_confirmation where breach_id = $1 order by school_id";

  /**
   * What is to be asked of the logs.
   *
   * @throws Problem 404 where there is no such breach
   */
  Uni<LogWindow> window(SqlConnection connection, UUID breach) {
    return connection
        .preparedQuery(WINDOW)
        .execute(Tuple.of(breach))
        .map(ScopeRepository::logWindow);
  }

  /**
   * Writes down affected schools; those that were confirmed before stay as they were. Gives how
   * many were new.
   */
  Uni<Integer> confirm(SqlConnection connection, UUID breach, List<UUID> schools, UUID account) {
    Tuple values =
        Tuple.tuple().addUUID(breach).addArrayOfUUID(schools.toArray(UUID[]::new)).addUUID(account);
    return connection.preparedQuery(CONFIRM).execute(values).map(RowSet::rowCount);
  }

  /** All schools that were confirmed as affected. */
  Uni<List<UUID>> confirmed(SqlConnection connection, UUID breach) {
    return connection
        .preparedQuery(CONFIRMED)
        .execute(Tuple.of(breach))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false).map(r -> r.getUUID(0)).toList());
  }

  private static LogWindow logWindow(RowSet<Row> rows) {
    if (rows.size() == 0) {
      throw Problem.notFound();
    }
    Row row = rows.iterator().next();
    return new LogWindow(
        row.getUUID("id"),
        row.getOffsetDateTime("window_from").toInstant(),
        row.getOffsetDateTime("window_to").toInstant(),
        Set.of(row.getArrayOfUUIDs("actors")));
  }
}
