package uk.progressstream.platform.database;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import uk.progressstream.platform.access.AccessGate;
import uk.progressstream.platform.problem.Problem;
import uk.progressstream.platform.scope.ScopeKind;
import uk.progressstream.platform.scope.SealedScope;

/**
 * The one way to the database. Each transaction begins by setting the caller's scope and its seal,
 * for that transaction only; the row policies do the rest. Whether access still stands, an
 * employee's lease above all, is checked before each transaction and between the chunks of a
 * stream.
 */
@ApplicationScoped
public class ScopedDatabase {
  private static final String SET_SCOPE =
      "select set_config('ps.scope', $1, true), set_config('ps.seal', $2, true)";

  private static final int RETRY_AFTER_SECONDS = 1;

  private final Pool wholeSchools;
  private final Pool classes;
  private final AccessGate access;

  ScopedDatabase(
      @ReactiveDataSource("school") Pool wholeSchools,
      @ReactiveDataSource("class") Pool classes,
      AccessGate access) {
    this.wholeSchools = wholeSchools;
    this.classes = classes;
    this.access = access;
  }

  /**
   * Runs work in one transaction under a scope; commits when its result is there, rolls back on
   * failure.
   */
  public <T> Uni<T> inScope(SealedScope scope, Function<SqlConnection, Uni<T>> work) {
    return access.check(scope).chain(() -> afterAccess(scope, work));
  }

  /**
   * The same without asking whether access still stands: for telling the log how something ended
   * that began while it did, and for nothing else.
   */
  public <T> Uni<T> afterAccess(SealedScope scope, Function<SqlConnection, Uni<T>> work) {
    return orBusy(poolFor(scope).withConnection(connection -> inOne(connection, scope, work)));
  }

  /**
   * Runs calls that are each a transaction of its own and bring their scope with them, as a {@link
   * ScopedCall} does; what does not meets no scope, and so no row.
   *
   * @param scope for the check of access, and for the choice of the role that runs the calls
   */
  public <T> Uni<T> call(SealedScope scope, Function<SqlClient, Uni<T>> calls) {
    return access.check(scope).chain(() -> orBusy(calls.apply(poolFor(scope))));
  }

  /**
   * Sends a statement, and without waiting for its answer those of the work behind it: one journey
   * to the database less. A connection keeps their order, and if the first fails, so does the
   * transaction and all that follows in it.
   */
  public static <T> Uni<T> pipelined(Uni<Void> first, Uni<T> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              CompletionStage<Void> sent = first.subscribeAsCompletionStage();
              return work.call(() -> Uni.createFrom().completionStage(sent));
            });
  }

  /**
   * Runs work in one transaction with no scope, as the role for whole schools: it sees no row of
   * any data table, only what a SECURITY DEFINER function or a public table gives.
   */
  public <T> Uni<T> withoutScope(Function<SqlConnection, Uni<T>> work) {
    return orBusy(wholeSchools.withTransaction(work));
  }

  /**
   * Streams the rows of a query in chunks, in one transaction under a scope.
   *
   * @param rowsPerChunk at most so many rows are in memory; the lease is checked before each chunk
   */
  public <T> Multi<T> stream(
      SealedScope scope, String sql, Tuple arguments, int rowsPerChunk, Function<Row, T> map) {
    Pool pool = poolFor(scope);
    return Multi.createFrom()
        .resourceFromUni(
            () -> ScopedCursor.open(pool, connection -> set(connection, scope), sql, arguments),
            cursor -> cursor.rows(rowsPerChunk, () -> access.check(scope)))
        .withFinalizer(
            ScopedCursor::commit, (cursor, failure) -> cursor.rollback(), ScopedCursor::rollback)
        .onFailure(ConnectionPoolTooBusyException.class)
        .transform(ScopedDatabase::busy)
        .map(map);
  }

  /**
   * Begin, scope and first statement travel together. Were there no transaction, the scope would
   * end with the statement that sets it: what follows would see nothing.
   */
  private static <T> Uni<T> inOne(
      SqlConnection connection, SealedScope scope, Function<SqlConnection, Uni<T>> work) {
    Uni<Transaction> begun =
        Uni.createFrom().completionStage(connection.begin().subscribeAsCompletionStage());
    return pipelined(
            set(connection, scope), Uni.createFrom().deferred(() -> work.apply(connection)))
        .call(() -> begun.chain(Transaction::commit))
        .onFailure()
        .call(() -> begun.chain(Transaction::rollback).onFailure().recoverWithNull());
  }

  private static <T> Uni<T> orBusy(Uni<T> work) {
    return work.onFailure(ConnectionPoolTooBusyException.class).transform(ScopedDatabase::busy);
  }

  private static Throwable busy(Throwable failure) {
    return Problem.unavailable(RETRY_AFTER_SECONDS);
  }

  private Pool poolFor(SealedScope scope) {
    return scope.scope().kind() == ScopeKind.CLASS ? classes : wholeSchools;
  }

  private static Uni<Void> set(SqlConnection connection, SealedScope scope) {
    return connection
        .preparedQuery(SET_SCOPE)
        .execute(Tuple.of(scope.text(), scope.seal()))
        .replaceWithVoid();
  }
}
