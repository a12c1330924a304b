package uk.progressstream.audit.witness;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import uk.progressstream.log.note.Checkpoint;
import uk.progressstream.log.tree.Hash;

/** The statements on table {@code seen_checkpoint}; rows are added and read, never changed. */
@ApplicationScoped
public class SeenRepository {
  private static final String ADD =
      "insert into seen_checkpoint (school_id, size, root, note, fits, seen_by)"
          + " values ($1, $2, $3, $4, $5, $6) on conflict do nothing";

  // One that fitted when it came vouches for all smaller ones that did.
  private static final String DECISIVE =
      "select size, root, fits from seen_checkpoint order by fits, size desc limit 1";

  /** Of the schools in scope: one that never fitted, else the largest. */
  record Decisive(long size, Hash root, boolean fits) {}

  Uni<Void> add(
      SqlConnection connection,
      UUID school,
      Checkpoint seen,
      String note,
      boolean fits,
      UUID account) {
    return connection
        .preparedQuery(ADD)
        .execute(Tuple.of(school, seen.size(), seen.root().base64(), note, fits, account))
        .replaceWithVoid();
  }

  Uni<Optional<Decisive>> decisive(SqlConnection connection) {
    return connection.query(DECISIVE).execute().map(SeenRepository::first);
  }

  private static Optional<Decisive> first(RowSet<Row> rows) {
    if (rows.size() == 0) {
      return Optional.empty();
    }
    Row row = rows.iterator().next();
    return Optional.of(
        new Decisive(row.getLong(0), Hash.ofBase64(row.getString(1)), row.getBoolean(2)));
  }
}
