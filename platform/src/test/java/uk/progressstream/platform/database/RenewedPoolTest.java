package uk.progressstream.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RenewedPoolTest {
  private static final Duration SILENT_MAX = Duration.ofSeconds(65);

  private final List<Connections> made = new ArrayList<>();
  private final AtomicLong clock = new AtomicLong();
  private final RenewedPool pool = new RenewedPool(this::make, SILENT_MAX.toNanos(), clock::get);

  @Test
  @DisplayName("Where nobody gets a connection for too long, all are replaced")
  void silent() {
    made.get(0).given = false;
    ask();
    pass(SILENT_MAX);
    ask();
    assertThat(made).hasSize(1);

    pass(Duration.ofNanos(1));
    ask();

    assertThat(made).hasSize(2);
    assertThat(made.get(0).closed).isTrue();
    assertThat(ask()).isTrue();
  }

  @Test
  @DisplayName("A quiet night is no silence: the time counts from the first who asked in vain")
  void quiet() {
    ask();
    pass(Duration.ofHours(8));
    made.get(0).given = false;
    ask();
    pass(Duration.ofSeconds(5));
    ask();

    assertThat(made).hasSize(1);
  }

  @Test
  @DisplayName("One who gets a connection shows that the others are alive")
  void alive() {
    for (int i = 0; i < 10; i++) {
      made.get(0).given = false;
      ask();
      pass(SILENT_MAX.dividedBy(2));
      made.get(0).given = true;
      ask();
    }

    assertThat(made).hasSize(1);
  }

  private boolean ask() {
    return pool.getConnection().succeeded();
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  private Pool make() {
    Connections next = new Connections();
    made.add(next);
    return next.asPool();
  }

  /** Gives connections, or none. */
  private static final class Connections {
    private boolean given = true;
    private boolean closed;

    Pool asPool() {
      return (Pool)
          Proxy.newProxyInstance(
              Pool.class.getClassLoader(),
              new Class<?>[] {Pool.class},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "getConnection" -> connection();
                    case "close" -> close();
                    default -> throw new UnsupportedOperationException(method.getName());
                  });
    }

    private Future<SqlConnection> connection() {
      return given ? Future.succeededFuture() : Future.failedFuture("Timeout");
    }

    private Future<Void> close() {
      closed = true;
      return Future.succeededFuture();
    }
  }
}
