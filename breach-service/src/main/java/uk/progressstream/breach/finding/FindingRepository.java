package uk.progressstream.breach.finding;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import uk.progressstream.breach.request.IdempotencyKey;
import uk.progressstream.platform.problem.Problem;

/** The statements on findings; each runs in a transaction that has its scope. */
@ApplicationScoped
public class FindingRepository {
  // From the breach itself: one that is not there adds nothing.
  private static final String INSERT =
      """
      insert into finding (id, breach_id, kind, text, found_by, idempotency_key)
      select $1, b.id, $3, $4, $5, $6 from breach b where b.id = $2
      on conflict (breach_id, found_by, idempotency_key) do nothing
      """;

  private static final String BY_KEY =
      """
      select id, kind, text, found_at, found_by from finding
      where breach_id = $1 and found_by = $2 and idempotency_key = $3
      """;

  /**
   * Writes a finding, unless the same key has written one before or there is no such breach;
   * whether it did.
   */
  Uni<Boolean> insert(
      SqlConnection connection,
      UUID breach,
      UUID account,
      NewFinding.Checked finding,
      IdempotencyKey key) {
    Tuple values =
        Tuple.of(UUID.randomUUID(), breach, finding.kind(), finding.text(), account, key.text());
    return connection.preparedQuery(INSERT).execute(values).map(done -> done.rowCount() == 1);
  }

  /**
   * The finding that a key has written.
   *
   * @throws Problem 404 where there is none
   */
  Uni<Finding> byKey(SqlConnection connection, UUID breach, UUID account, IdempotencyKey key) {
    return connection
        .preparedQuery(BY_KEY)
        .execute(Tuple.of(breach, account, key.text()))
        .map(FindingRepository::one);
  }

  private static Finding one(RowSet<Row> rows) {
    if (rows.size() == 0) {
      throw Problem.notFound();
    }
    Row row = rows.iterator().next();
    return new Finding(
        row.getUUID("id"),
        row.getString("kind"),
        row.getString("text"),
        row.getOffsetDateTime("found_at").toInstant(),
        row.getUUID("found_by"));
  }
}
