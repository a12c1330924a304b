package uk.progressstream.platform.database;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import uk.progressstream.platform.access.AccessGate;
import uk.progressstream.platform.problem.Problem;
import uk.progressstream.platform.scope.ScopeKind;
import uk.progressstream.platform.scope.SealedScope;

/**
 * The one way to the database. Each transaction begins by setting the caller's scope and its seal,
 * for that transaction only; the row policies do the rest. Whether access still stands, an
 * employee's lease above all, is checked before each transaction.
 */
@ApplicationScoped
public class ScopedDatabase {
  private static final String SET_SCOPE =
      "select set_config('ps.scope', $1, true), set_config('ps.seal', $2, true)";

  private static final String STILL_IN_SCOPE = "select scope.account() is not null";
  private static final int RETRY_AFTER_SECONDS = 1;

  /**
   * What the pool says where no connection was free in time, and where it was replaced meanwhile;
   * there is no class for either.
   */
  private static final Set<String> NO_CONNECTION = Set.of("Timeout", "Pool closed");

  /** How long a caller waits for an answer of the database, a queue and all. */
  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(20);

  /** Of the places that there are, a quarter: nobody's haste is everybody's wait. */
  static final int ACCOUNT_SHARE = PoolQueues.WAITING_MAX / 4;

  /**
   * PostgreSQL's codes for a statement, lock, transaction or session that took too long, and for a
   * server that takes nobody in.
   */
  private static final Set<String> LIMIT_REACHED =
      Set.of("57014", "55P03", "25P04", "25P03", "57P01", "57P03", "53300");

  private final Pool wholeSchools;
  private final Pool classes;
  private final PoolQueues queues;
  private final AccessGate access;
  private final Duration transactionMax;
  private final Map<UUID, Integer> underWay = new ConcurrentHashMap<>();

  /**
   * The database of this service.
   *
   * @param transactionMax slightly longer than the server allows a transaction; after this, the
   *     connection is taken for dead
   */
  ScopedDatabase(
      @ReactiveDataSource("school") Pool wholeSchools,
      @ReactiveDataSource("class") Pool classes,
      PoolQueues queues,
      AccessGate access,
      @ConfigProperty(name = "ps.database.silent-after") Duration transactionMax) {
    this.wholeSchools = wholeSchools;
    this.queues = queues;
    this.classes = classes;
    this.access = access;
    this.transactionMax = transactionMax;
  }

  /**
   * Runs work in one transaction under a scope; commits when its result is there, rolls back on
   * failure.
   */
  public <T> Uni<T> inScope(SealedScope scope, Function<SqlConnection, Uni<T>> work) {
    return inScope(scope, scope.scope().account(), work);
  }

  /**
   * The same under a scope of the service's own that serves many.
   *
   * @param served who is served: the work is counted to them
   */
  public <T> Uni<T> inScope(SealedScope scope, UUID served, Function<SqlConnection, Uni<T>> work) {
    return access.check(scope).chain(() -> counted(scope, served, work));
  }

  /**
   * The same without asking whether access still stands: for telling the log how something ended
   * that began while it did, and for nothing else.
   */
  public <T> Uni<T> afterAccess(SealedScope scope, Function<SqlConnection, Uni<T>> work) {
    return counted(scope, scope.scope().account(), work);
  }

  /**
   * Runs calls that are each a transaction of its own and bring their scope with them, as a {@link
   * ScopedCall} does; what does not meets no scope, and so no row.
   *
   * @param scope for the check of access, and for the choice of the role that runs the calls
   */
  public <T> Uni<T> call(SealedScope scope, Function<SqlClient, Uni<T>> calls) {
    return call(scope, scope.scope().account(), calls);
  }

  /**
   * The same under a scope of the service's own that serves many.
   *
   * @param served who is served: the work is counted to them
   */
  public <T> Uni<T> call(SealedScope scope, UUID served, Function<SqlClient, Uni<T>> calls) {
    return access
        .check(scope)
        .chain(() -> admitted(served, poolFor(scope).withConnection(calls::apply)));
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
    return answered(orBusy(wholeSchools.withTransaction(work)));
  }

  /** Fails with a 401 problem where the scope of the transaction is over by now. */
  public static Uni<Void> stillInScope(SqlConnection connection) {
    return connection
        .query(STILL_IN_SCOPE)
        .execute()
        .invoke(
            rows -> {
              if (!rows.iterator().next().getBoolean(0)) {
                throw Problem.unauthenticated();
              }
            })
        .replaceWithVoid();
  }

  /**
   * The same on connections that no reader can take: for what must go on however many read, the
   * log's own appends and what a service does by itself.
   */
  public <T> Uni<T> reserved(Function<SqlConnection, Uni<T>> work) {
    return answered(orBusy(Pool.newInstance(queues.reserved()).withTransaction(work)));
  }

  /** The same under a scope of the service's own. */
  public <T> Uni<T> reserved(SealedScope scope, Function<SqlConnection, Uni<T>> work) {
    return answered(
        orBusy(
            Pool.newInstance(queues.reserved())
                .withConnection(connection -> inOne(connection, scope, work))));
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

  private <T> Uni<T> counted(SealedScope scope, UUID served, Function<SqlConnection, Uni<T>> work) {
    return admitted(
        served, poolFor(scope).withConnection(connection -> inOne(connection, scope, work)));
  }

  /**
   * Counts what an account has under way here, to the end of the work: also of that whose caller
   * did not wait for it.
   */
  private <T> Uni<T> admitted(UUID account, Uni<T> work) {
    return answered(
        Uni.createFrom()
            .emitter(
                caller -> {
                  if (underWay.merge(account, 1, Integer::sum) > ACCOUNT_SHARE) {
                    leaves(account);
                    caller.fail(Problem.unavailable(RETRY_AFTER_SECONDS));
                    return;
                  }
                  orBusy(work)
                      .ifNoItem()
                      .after(transactionMax)
                      .failWith(() -> Problem.unavailable(RETRY_AFTER_SECONDS))
                      .onTermination()
                      .invoke(() -> leaves(account))
                      .subscribe()
                      .with(caller::complete, caller::fail);
                }));
  }

  /** Whoever asks is told in time; what they asked for ends by the limits of its transaction. */
  private static <T> Uni<T> answered(Uni<T> work) {
    return work.ifNoItem()
        .after(ANSWERED_WITHIN)
        .failWith(() -> Problem.unavailable(RETRY_AFTER_SECONDS));
  }

  private void leaves(UUID account) {
    underWay.computeIfPresent(account, (same, count) -> count == 1 ? null : count - 1);
  }

  private static <T> Uni<T> orBusy(Uni<T> work) {
    return work.onFailure(ScopedDatabase::isBusy)
        .transform(failure -> Problem.unavailable(RETRY_AFTER_SECONDS));
  }

  /** No place, no connection in time, none any more, or a limit of its time was reached. */
  private static boolean isBusy(Throwable failure) {
    return failure instanceof ConnectionPoolTooBusyException
        || failure instanceof ConnectException
        || failure instanceof ClosedConnectionException
        || hasNoConnection(failure)
        || failure instanceof PgException answer && LIMIT_REACHED.contains(answer.getSqlState());
  }

  private static boolean hasNoConnection(Throwable failure) {
    return failure.getMessage() != null && NO_CONNECTION.contains(failure.getMessage());
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
