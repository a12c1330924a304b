package uk.progressstream.platform.database;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Cursor;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.PreparedStatement;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.function.Function;
import java.util.function.Supplier;

/** A query that is read in chunks, with the transaction and the connection that it needs. */
final class ScopedCursor {
  private final SqlConnection connection;
  private final Transaction transaction;
  private final Cursor cursor;

  private ScopedCursor(SqlConnection connection, Transaction transaction, Cursor cursor) {
    this.connection = connection;
    this.transaction = transaction;
    this.cursor = cursor;
  }

  static Uni<ScopedCursor> open(
      Pool pool, Function<SqlConnection, Uni<Void>> setScope, String sql, Tuple arguments) {
    return pool.getConnection()
        .chain(
            connection ->
                begin(connection, setScope, sql, arguments)
                    .onFailure()
                    .call(() -> connection.close()));
  }

  private static Uni<ScopedCursor> begin(
      SqlConnection connection,
      Function<SqlConnection, Uni<Void>> setScope,
      String sql,
      Tuple arguments) {
    return connection
        .begin()
        .call(() -> setScope.apply(connection))
        .chain(
            transaction ->
                connection
                    .prepare(sql)
                    .map(
                        (PreparedStatement statement) ->
                            new ScopedCursor(
                                connection, transaction, statement.cursor(arguments))));
  }

  Multi<Row> rows(int rowsPerChunk, Supplier<Uni<Void>> beforeEachChunk) {
    return Multi.createBy()
        .repeating()
        .uni(() -> beforeEachChunk.get().chain(() -> cursor.read(rowsPerChunk)))
        .whilst(rows -> cursor.hasMore())
        .onItem()
        .transformToIterable(ScopedCursor::iterable);
  }

  private static Iterable<Row> iterable(RowSet<Row> rows) {
    return rows;
  }

  Uni<Void> commit() {
    return cursor.close().chain(transaction::commit).eventually(connection::close);
  }

  Uni<Void> rollback() {
    return transaction.rollback().eventually(connection::close);
  }
}
