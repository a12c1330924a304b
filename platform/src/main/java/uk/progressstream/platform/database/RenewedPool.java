package uk.progressstream.platform.database;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.pgclient.PgPool;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PrepareOptions;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A pool that begins anew where its connections have fallen silent. The client has no limit for an
 * answer that never comes: its limits on idle connections only send a farewell and wait for the
 * server to hang up. So a silent network would hold every place of a pool until a restart. But the
 * server ends each transaction in time, and a pool that gives nobody a connection for longer than
 * that, from the first who asked in vain, has none that is alive.
 */
@SuppressWarnings("deprecation") // The framework casts what a creator makes to PgPool.
final class RenewedPool implements PgPool {
  private static final Logger LOG = Logger.getLogger(RenewedPool.class);

  private final Supplier<Pool> maker;
  private final long silentNanosMax;
  private final LongSupplier nanos;
  private volatile Pool current;

  /** When the first asked who has got nothing, and nobody after them; none while all get some. */
  private @Nullable Long inVainSinceNanos;

  /**
   * A pool.
   *
   * @param silentNanosMax longer than the server lets any transaction take
   * @param nanos a clock that only goes forward, such as {@link System#nanoTime}
   */
  RenewedPool(Supplier<Pool> maker, long silentNanosMax, LongSupplier nanos) {
    this.maker = maker;
    this.silentNanosMax = silentNanosMax;
    this.nanos = nanos;
    this.current = maker.get();
  }

  @Override
  public Future<SqlConnection> getConnection() {
    Pool asked = asked();
    return asked
        .getConnection()
        .onSuccess(connection -> given())
        .onFailure(inVain -> renewIfSilent(asked));
  }

  private synchronized Pool asked() {
    if (inVainSinceNanos == null) {
      inVainSinceNanos = nanos.getAsLong();
    }
    return current;
  }

  private synchronized void given() {
    inVainSinceNanos = null;
  }

  @Override
  public void getConnection(Handler<AsyncResult<SqlConnection>> handler) {
    getConnection().onComplete(handler);
  }

  private synchronized void renewIfSilent(Pool asked) {
    Long since = inVainSinceNanos;
    if (asked == current && since != null && nanos.getAsLong() - since > silentNanosMax) {
      LOG.error("the database has given nobody a connection for long; all are replaced");
      current = maker.get();
      inVainSinceNanos = null;
      asked.close();
    }
  }

  @Override
  public Query<RowSet<Row>> query(String sql) {
    return current.query(sql);
  }

  @Override
  public PreparedQuery<RowSet<Row>> preparedQuery(String sql) {
    return current.preparedQuery(sql);
  }

  @Override
  public PreparedQuery<RowSet<Row>> preparedQuery(String sql, PrepareOptions options) {
    return current.preparedQuery(sql, options);
  }

  @Override
  public Future<Void> close() {
    return current.close();
  }

  @Override
  public void close(Handler<AsyncResult<Void>> handler) {
    close().onComplete(handler);
  }

  @Override
  @Deprecated
  public PgPool connectHandler(Handler<SqlConnection> handler) {
    throw new UnsupportedOperationException("a pool that is replaced would forget it");
  }

  @Override
  @Deprecated
  public PgPool connectionProvider(Function<Context, Future<SqlConnection>> provider) {
    throw new UnsupportedOperationException("a pool that is replaced would forget it");
  }

  @Override
  public int size() {
    return current.size();
  }
}
