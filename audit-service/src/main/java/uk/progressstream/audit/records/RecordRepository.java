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
import uk.progressstream.platform.page.Page;
import uk.progressstream.platform.problem.Problem;

/** The statements on table {@code record}; each runs in a transaction that has its scope. */
@ApplicationScoped
public class RecordRepository {
  private static final int EXPORT_ROWS_MAX = 500;
  // A body may be a megabyte: by rows alone a page could be half a gigabyte.
  private static final int EXPORT_BYTES_MAX = 1 << 20;
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

  /** The next of a school's records in the order of the log; an empty page is behind the last. */
  Uni<Page<StoredRecord>> exportPage(
      SqlConnection connection, RecordFilter filter, UUID school, @Nullable String after) {
    RecordQuery query = RecordQuery.of(filter).exported(school, after);
    return connection
        .preparedQuery(query.sql(EXPORT_ROWS_MAX, EXPORT_BYTES_MAX))
        .execute(query.tuple())
        .map(RecordRepository::all)
        .map(rows -> new Page<>(rows, rows.isEmpty() ? null : rows.get(rows.size() - 1).cursor()));
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
