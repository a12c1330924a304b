package uk.progressstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A request of HTTP/1 that came while the answer to the one before it was still under way. */
class GuestTest {
  private final Vertx vertx = Vertx.vertx();
  private final Places places = new Places();
  private final Guest guest =
      new Guest(silent(HttpConnection.class), places.none(List.of()), silent(PaceSettings.class));
  private final Context context = vertx.getOrCreateContext();
  private boolean begun;

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  @DisplayName("It begins when the answer before it has been taken")
  void takesItsTurn() throws Exception {
    onContext(
        () -> {
          Exchange before = exchange();
          guest.inTurn(() -> begun = true);
          guest.remove(before);
          assertThat(begun).as("in the midst of the end of the other").isFalse();
        });

    assertThat(begun()).isTrue();
  }

  @Test
  @DisplayName("It never begins where its client has gone, whichever of the two is told first")
  void goesWithItsClient() throws Exception {
    onContext(
        () -> {
          Exchange before = exchange();
          guest.inTurn(() -> begun = true);
          before.clientLeft();
          guest.left();
        });
    assertThat(begun()).as("the answer before it is told first").isFalse();

    onContext(
        () -> {
          exchange();
          guest.inTurn(() -> begun = true);
          guest.left();
        });
    assertThat(begun()).as("the connection is told first").isFalse();
  }

  private Exchange exchange() {
    GatewayContext surroundings =
        new GatewayContext(
            vertx.createHttpClient(),
            Routes.of(List.of()),
            places,
            silent(GatewaySettings.class),
            new SimpleMeterRegistry());
    return new Exchange(surroundings, guest, silent(HttpServerRequest.class));
  }

  /** After all that was put off on the context. */
  private boolean begun() throws Exception {
    onContext(() -> {});
    return begun;
  }

  private void onContext(Runnable work) throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    context.runOnContext(
        now -> {
          try {
            work.run();
            done.complete(null);
          } catch (RuntimeException | AssertionError e) {
            done.completeExceptionally(e);
          }
        });
    done.get(30, TimeUnit.SECONDS);
  }

  /** Takes whatever it is told, and never tells anything by itself. */
  private static <T> T silent(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer(method.getReturnType())));
  }

  private static @Nullable Object answer(Class<?> type) {
    if (type.isInterface()) {
      return silent(type);
    }
    return type == boolean.class ? Boolean.FALSE : null;
  }
}
