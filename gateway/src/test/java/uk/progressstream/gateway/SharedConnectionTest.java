package uk.progressstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A connection to a service carries one client's request after another's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedConnectionTest {
  private static final String GRADES = "/grades/v1/grades";
  private static final long PATIENCE_SECONDS = GatewayUnderTest.PATIENCE.toSeconds();

  @TempDir private static Path directory;
  private GatewayUnderTest gateway;

  @BeforeAll
  void start() throws Exception {
    gateway = GatewayUnderTest.start(directory);
  }

  @AfterAll
  void stop() throws Exception {
    gateway.close();
  }

  @Test
  @DisplayName("An answer that has all arrived is cancelled without harm to the next request")
  void cancelled() throws Exception {
    leaves(
        deaf -> {
          RawHttp2.reset(deaf, 1);
          RawHttp2.ask(deaf, 3, "/nowhere", Map.of());
          RawHttp2.awaitHeads(deaf, 1);
        });
  }

  @Test
  @DisplayName("A client that leaves with such an answer does no harm either")
  void closed() throws Exception {
    leaves(
        deaf -> {
          int before = gateway.taken("connections");
          deaf.close();
          await()
              .atMost(GatewayUnderTest.PATIENCE)
              .until(() -> gateway.taken("connections") < before);
        });
  }

  /** One client takes no byte of its answer and leaves while the next one is being served. */
  private void leaves(Leaving leaving) throws Exception {
    CompletableFuture<HttpConnection> first = new CompletableFuture<>();
    CompletableFuture<HttpServerRequest> second = new CompletableFuture<>();
    gateway
        .grades()
        .answers(
            request -> {
              if (first.complete(request.connection())) {
                request.response().end("all of it");
              } else {
                second.complete(request);
              }
            });
    try (SSLSocket deaf = gateway.socket()) {
      RawHttp2.beginDeaf(deaf);
      RawHttp2.ask(deaf, 1, GRADES, Map.of());
      RawHttp2.awaitHeads(deaf, 1);
      CompletableFuture<HttpResponse<String>> next = gateway.getLater(GRADES);
      HttpServerRequest asked = second.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(asked.connection()).isSameAs(first.join());

      leaving.run(deaf);
      asked.response().end("that of the next");

      assertThat(next.get(PATIENCE_SECONDS, TimeUnit.SECONDS).body()).isEqualTo("that of the next");
    }
  }

  private interface Leaving {
    void run(SSLSocket deaf) throws Exception;
  }
}
