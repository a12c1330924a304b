package uk.progressstream.breach.incident;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import uk.progressstream.breach.request.IdempotencyKey;
import uk.progressstream.platform.problem.Problem;

/** The statements on breaches; each runs in a transaction that has its scope. */
@ApplicationScoped
public class BreachRepository {
  private static final String INSERT =
      """
      insert into breach (id, aware_at, summary, window_from, window_to, opened_by, idempotency_key, request_hash)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      on conflict (opened_by, idempotency_key) do nothing
      """;

  private static final String SUSPECT =
      "insert into breach_suspect (breach_id, account) select $1, a from unnest($2::uuid[]) as a";

  private static final String OPENED =
      "select id, request_hash from breach where opened_by = $1 and idempotency_key = $2";

  // The database's clock, so that all instances and the sweep agree on what is past.
  private static final String SELECT =
      """
      select b.id, b.aware_at, b.summary, b.window_from, b.window_to, b.opened_at, b.opened_by,
             clock_timestamp() as now,
             array(select s.account from breach_suspect s where s.breach_id = b.id order by s.account) as suspects,
             array(select c.step from step_completion c where c.breach_id = b.id order by c.step) as met_steps,
             array(select c.met_at from step_completion c where c.breach_id = b.id order by c.step) as met_times
      from breach b
      """;

  private static final String ONE = SELECT + " where b.id = $1";
  private static final String FIRST_PAGE = SELECT + " order by b.opened_at, b.id limit $1";
  private static final String NEXT_PAGE =
      SELECT
          + " where (b.opened_at, b.id) > (select l.opened_at, l.id from breach l where l.id = $2)"
          + " order by b.opened_at, b.id limit $1";

  private static final String TIMELINE =
      """
      select * from (
        select opened_at as at, 'opened' as kind, opened_by as actor, null as step, null::int as percent,
               null::uuid as school_id, null as text
        from breach where id = $1
        union all
        select fired_at, case percent when 100 then 'step-missed' else 'rung' end, null, step, percent::int, null, null
        from rung where breach_id = $1
        union all
        select met_at, 'step-met', completed_by, step, null, null, null from step_completion where breach_id = $1
        union all
        select confirmed_at, 'scope-confirmed', confirmed_by, null, null, school_id, null
        from scope_confirmation where breach_id = $1
        union all
        select found_at, kind, found_by, null, null, null, text from finding where breach_id = $1
      ) as entry
      order by at, kind, step, school_id
      """;

  /** Writes a breach; false where the same key has opened one before. */
  Uni<Boolean> insert(
      SqlConnection connection, UUID id, UUID account, IncidentDraft draft, IdempotencyKey key) {
    Tuple values =
        Tuple.from(
            List.of(
                id,
                utc(draft.awareAt()),
                draft.summary(),
                utc(draft.windowFrom()),
                utc(draft.windowTo()),
                account,
                key.text(),
                draft.hash()));
    return connection.preparedQuery(INSERT).execute(values).map(done -> done.rowCount() == 1);
  }

  /** Names the suspected accounts of a new breach. */
  Uni<Void> suspect(SqlConnection connection, UUID breach, List<UUID> suspects) {
    Tuple values = Tuple.tuple().addUUID(breach).addArrayOfUUID(suspects.toArray(UUID[]::new));
    return connection.preparedQuery(SUSPECT).execute(values).replaceWithVoid();
  }

  /**
   * The breach that a key has opened.
   *
   * @throws Problem 422 where it came with another body
   */
  Uni<UUID> opened(SqlConnection connection, UUID account, IdempotencyKey key, String hash) {
    return connection
        .preparedQuery(OPENED)
        .execute(Tuple.of(account, key.text()))
        .map(rows -> sameRequest(rows, hash));
  }

  /**
   * One breach, how it stands now.
   *
   * @throws Problem 404 where there is none
   */
  Uni<Breach> one(SqlConnection connection, UUID id) {
    return connection
        .preparedQuery(ONE)
        .execute(Tuple.of(id))
        .map(
            rows ->
                list(rows, BreachRows::breach).stream().findFirst().orElseThrow(Problem::notFound));
  }

  /** One breach more than a page holds, if there are so many; oldest first. */
  Uni<List<Breach>> page(SqlConnection connection, @Nullable UUID after, int limit) {
    Tuple values = after == null ? Tuple.of(limit + 1) : Tuple.of(limit + 1, after);
    return connection
        .preparedQuery(after == null ? FIRST_PAGE : NEXT_PAGE)
        .execute(values)
        .map(rows -> list(rows, BreachRows::breach));
  }

  /** All that happened in a breach, oldest first. */
  Uni<List<TimelineEntry>> timeline(SqlConnection connection, UUID breach) {
    return connection
        .preparedQuery(TIMELINE)
        .execute(Tuple.of(breach))
        .map(rows -> list(rows, BreachRows::timelineEntry));
  }

  private static UUID sameRequest(RowSet<Row> rows, String hash) {
    Row row = rows.iterator().next();
    if (!row.getString("request_hash").equals(hash)) {
      throw IdempotencyKey.reused();
    }
    return row.getUUID("id");
  }

  private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> read) {
    return StreamSupport.stream(rows.spliterator(), false).map(read).toList();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
