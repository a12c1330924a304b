package uk.progressstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WireTest {
  private static final int BODY_BYTES = 4 * 1024 * 1024;

  /** The end of a turn may be noticed some turns late; without the limit, a turn has 1 MiB. */
  private static final int TURN_BYTES = 4 * 64 * 1024;

  private final Vertx vertx = Vertx.vertx();
  private int thisTurn;
  private int longestTurn;

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  @DisplayName("Of a sender of all it can, little is read before it is somebody else's turn")
  void turns() throws Exception {
    CompletableFuture<Integer> received = new CompletableFuture<>();
    HttpServer server =
        vertx
            .createHttpServer()
            .connectionHandler(Wire::takeTurns)
            .requestHandler(request -> measure(request, received))
            .listen(0, "localhost")
            .toCompletionStage()
            .toCompletableFuture()
            .get();

    vertx
        .createHttpClient()
        .request(HttpMethod.PUT, server.actualPort(), "localhost", "/")
        .onSuccess(WireTest::sendAll)
        .onFailure(received::completeExceptionally);

    assertThat(received.get(1, TimeUnit.MINUTES)).isEqualTo(BODY_BYTES);
    assertThat(longestTurn).isPositive().isLessThanOrEqualTo(TURN_BYTES);
  }

  private static void sendAll(HttpClientRequest request) {
    request.send(Buffer.buffer(new byte[BODY_BYTES]));
  }

  /** What the loop is given to do while it reads, it does when that turn is over. */
  private void measure(HttpServerRequest request, CompletableFuture<Integer> received) {
    Context loop = Vertx.currentContext();
    int[] sum = new int[1];
    request.handler(
        bytes -> {
          if (thisTurn == 0) {
            loop.runOnContext(next -> thisTurn = 0);
          }
          thisTurn += bytes.length();
          sum[0] += bytes.length();
          longestTurn = Math.max(longestTurn, thisTurn);
        });
    request.endHandler(end -> received.complete(sum[0]));
  }
}
