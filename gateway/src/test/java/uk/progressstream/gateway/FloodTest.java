package uk.progressstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Clients of HTTP/2 that keep the server busy with next to nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FloodTest {
  private static final String GRADES = "/grades/v1/grades";
  private static final int MANY = 3000;
  private static final int FEW = 20;

  @TempDir private static Path directory;
  private GatewayUnderTest gateway;
  private HttpClient client;

  @BeforeAll
  void start() throws Exception {
    gateway = GatewayUnderTest.start(directory);
  }

  /**
   * A client of its own for each test: one that was sent away would come on the same connection.
   */
  @BeforeEach
  void connect() {
    client =
        gateway
            .vertx()
            .createHttpClient(
                new HttpClientOptions()
                    .setSsl(true)
                    .setUseAlpn(true)
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setTrustAll(true)
                    .setVerifyHost(false));
  }

  @AfterEach
  void disconnect() throws Exception {
    got(client.close());
  }

  @AfterAll
  void stop() throws Exception {
    gateway.close();
  }

  @Test
  @DisplayName("A flood of pings ends its connection; a few do not")
  void pings() throws Exception {
    Consumer<HttpConnection> ping = connection -> connection.ping(Buffer.buffer(new byte[8]));

    assertThat(endsAfter(FEW, ping)).isFalse();
    assertThat(endsAfter(MANY, ping)).isTrue();
  }

  @Test
  @DisplayName("Requests in a row on one connection are answered one after the other, all of them")
  void pipelined() throws Exception {
    int count = 50;
    String one = "GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n%s\r\n";
    String all = one.formatted("").repeat(count - 1) + one.formatted("Connection: close\r\n");

    String answers = gateway.raw(all);

    assertThat(answers.split("HTTP/1.1 200 ", -1)).hasSize(count + 1);
    assertThat(answers.split("\"paths\": \\{}}\n", -1)).hasSize(count + 1);
  }

  @Test
  @DisplayName("A body in crumbs ends its connection")
  void crumbs() throws Exception {
    HttpClientRequest request =
        got(client.request(HttpMethod.POST, gateway.port(), "localhost", GRADES));
    CompletableFuture<Void> closed = new CompletableFuture<>();
    request.connection().closeHandler(gone -> closed.complete(null));
    request.setChunked(true);
    request.response().onFailure(gone -> {});
    for (int i = 0; i < 20 * MANY && !closed.isDone(); i++) {
      request.write("a");
    }

    closed.get(GatewayUnderTest.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  @DisplayName("A flood of settings ends its connection")
  void settings() throws Exception {
    assertThat(
            endsAfter(
                MANY,
                connection ->
                    connection.updateSettings(
                        new Http2Settings(connection.settings())
                            .setHeaderTableSize(4096 + System.nanoTime() % 1000))))
        .isTrue();
  }

  @Test
  @DisplayName("A flood of requests that are taken back ends its connection")
  void resets() throws Exception {
    assertThat(
            endsAfter(
                MANY,
                connection ->
                    client
                        .request(HttpMethod.GET, gateway.port(), "localhost", GRADES)
                        .onSuccess(
                            request -> {
                              request.send();
                              request.reset();
                            })))
        .isTrue();
  }

  /** Whether the connection of a request that was answered is closed by what is done to it. */
  private boolean endsAfter(int times, Consumer<HttpConnection> deed) throws Exception {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    HttpClientRequest first =
        got(client.request(HttpMethod.GET, gateway.port(), "localhost", GRADES));
    got(first.send().compose(answer -> answer.body()));
    HttpConnection connection = first.connection();
    connection.closeHandler(gone -> closed.complete(null));
    for (int i = 0; i < times; i++) {
      deed.accept(connection);
    }
    if (times == MANY) {
      closed.get(GatewayUnderTest.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return true;
    }
    got(connection.ping(Buffer.buffer(new byte[8])));
    gateway.awaitLook();
    got(connection.ping(Buffer.buffer(new byte[8])));
    return closed.isDone();
  }

  private static <T> T got(Future<T> future) throws Exception {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .get(GatewayUnderTest.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
