package uk.progressstream.platform.database;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Gives the queue for a connection an end, and every statement and transaction one, too. Without
 * that a service that is asked for more than it can do keeps every request in memory until there is
 * none. What is too much, or takes too long, fails and is answered 503.
 */
@Singleton
class PoolQueues {
  /** Requests; at the slowest rate that was measured they are served within two seconds. */
  static final int WAITING_MAX = 200;

  /** Seconds that a request waits for a connection. */
  private static final int WAITS_MAX = 5;

  private static final int CONNECT_MS_MAX = 5_000;

  /** Seconds after which a connection that nobody uses is closed. */
  private static final int IDLE_MAX = 15;

  /**
   * Limits that the server enforces for each of our connections, shorter than the role's own; and
   * defaults that a role could have changed for itself.
   */
  private static final Map<String, String> LIMITS =
      Map.of(
          "statement_timeout", "15s",
          "lock_timeout", "10s",
          "idle_in_transaction_session_timeout", "30s",
          "transaction_timeout", "60s",
          "default_transaction_isolation", "read committed",
          "default_transaction_read_only", "off");

  /** Appends to a log take turns; beside one of them there is room for two questions. */
  private static final int RESERVED_MAX = 3;

  private final Duration silentAfter;
  private volatile @Nullable Pool reserved;

  /**
   * Makers of pools.
   *
   * @param silentAfter longer than any transaction may take: connections of a pool that has given
   *     nobody one for so long, while somebody waited, are taken for dead
   */
  PoolQueues(@ConfigProperty(name = "ps.database.silent-after") Duration silentAfter) {
    this.silentAfter = silentAfter;
  }

  @Produces
  @Singleton
  @ReactiveDataSource("school")
  PgPoolCreator school() {
    return input -> {
      // It connects when it is first used: where nothing is reserved it costs nothing.
      reserved =
          bounded(
              input,
              new PoolOptions(input.poolOptions())
                  .setMaxSize(RESERVED_MAX)
                  .setShared(false)
                  .setName("reserved"));
      return bounded(input, input.poolOptions());
    };
  }

  @Produces
  @Singleton
  @ReactiveDataSource("class")
  PgPoolCreator schoolClass() {
    return input -> bounded(input, input.poolOptions());
  }

  @Produces
  @Singleton
  @ReactiveDataSource("relay")
  PgPoolCreator relay() {
    return input -> bounded(input, input.poolOptions());
  }

  /** Connections of the role for whole schools that no request from outside can take. */
  Pool reserved() {
    Pool pool = reserved;
    if (pool == null) {
      throw new IllegalStateException("the pool of the role for whole schools comes first");
    }
    return pool;
  }

  void stop(@Observes ShutdownEvent event) {
    Pool pool = reserved;
    if (pool != null) {
      pool.close();
    }
  }

  private Pool bounded(PgPoolCreator.Input input, PoolOptions options) {
    return new RenewedPool(() -> made(input, options), silentAfter.toNanos(), System::nanoTime);
  }

  private static Pool made(PgPoolCreator.Input input, PoolOptions options) {
    return PgBuilder.pool()
        .with(
            new PoolOptions(options)
                .setMaxWaitQueueSize(WAITING_MAX)
                .setConnectionTimeout(WAITS_MAX)
                .setConnectionTimeoutUnit(TimeUnit.SECONDS)
                .setIdleTimeout(IDLE_MAX)
                .setIdleTimeoutUnit(TimeUnit.SECONDS))
        .connectingTo(input.pgConnectOptionsList().stream().map(PoolQueues::bounded).toList())
        .using(input.vertx())
        .build();
  }

  private static SqlConnectOptions bounded(PgConnectOptions given) {
    PgConnectOptions options = new PgConnectOptions(given);
    LIMITS.forEach(options::addProperty);
    options.setConnectTimeout(CONNECT_MS_MAX);
    options.setTcpKeepAlive(true);
    return options;
  }
}
