package uk.progressstream.platform.database;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Gives the queue for a connection an end. Without one, a service that is asked for more than it
 * can do keeps every request in memory until there is none; with it, what is too much fails at once
 * and is answered 503.
 */
@Singleton
class PoolQueues {
  /** Requests; at the slowest rate that was measured they are served within two seconds. */
  static final int WAITING_MAX = 200;

  @Produces
  @Singleton
  @ReactiveDataSource("school")
  PgPoolCreator school() {
    return PoolQueues::bounded;
  }

  @Produces
  @Singleton
  @ReactiveDataSource("class")
  PgPoolCreator schoolClass() {
    return PoolQueues::bounded;
  }

  @Produces
  @Singleton
  @ReactiveDataSource("relay")
  PgPoolCreator relay() {
    return PoolQueues::bounded;
  }

  private static Pool bounded(PgPoolCreator.Input input) {
    return PgBuilder.pool()
        .with(new PoolOptions(input.poolOptions()).setMaxWaitQueueSize(WAITING_MAX))
        .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
        .using(input.vertx())
        .build();
  }
}
