package uk.progressstream.audit.records;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.problem.Problem;

/** The statements on table {@code record}; each runs in a transaction that has its scope. */
@ApplicationScoped
public class RecordRepository {
  private static final String BY_ID =
      "select " + StoredRecord.COLUMNS + " from record where id = $1";

  /** One row more than a page holds, if there are so many. */
  Uni<List<StoredRecord>> page(
      SqlConnection connection, RecordFilter filter, @Nullable String after, int limit) {
    RecordQuery query = RecordQuery.of(filter).after(after);
    return connection
        .preparedQuery(query.sql(limit + 1))
        .execute(query.tuple())
        .map(RecordRepository::all);
  }

  /** One record; fails with 404 where the scope does not hold it. */
  Uni<StoredRecord> find(SqlConnection connection, UUID id) {
    return connection
        .preparedQuery(BY_ID)
        .execute(Tuple.of(id))
        .map(rows -> all(rows).stream().findFirst().orElseThrow(Problem::notFound));
  }

  private static List<StoredRecord> all(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(StoredRecord::read).toList();
  }
}
