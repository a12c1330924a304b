package uk.progressstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
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
  @DisplayName("What is sent behind a request is dropped, and the connection ends with its answer")
  void pipelined() throws Exception {
    String one = "GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n";

    String answers = gateway.raw(one.repeat(50));

    assertThat(answers.split("HTTP/1.1 200 ", -1)).hasSize(2);
    assertThat(answers).endsWith("\"paths\": {}}\n");
  }

  @Test
  @DisplayName("A head has so many lines, over HTTP/1 and HTTP/2, and a trailer has no more")
  void lines() throws Exception {
    String fits = "a:b\r\n".repeat(RequestDecoder.LINES_MAX - 2);
    String head = "GET /openapi.json HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n";
    assertThat(gateway.raw(head.formatted(fits))).startsWith("HTTP/1.1 200 ");
    assertThat(gateway.raw(head.formatted(fits + "a:b\r\n"))).contains(" 431 ");
    String chunked =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n%s\r\n";
    assertThat(gateway.raw(chunked.formatted(GRADES, "a:b\r\n".repeat(200)))).contains(" 400 ");

    HttpClientRequest request =
        got(client.request(HttpMethod.GET, gateway.port(), "localhost", GRADES));
    for (int i = 0; i < 200; i++) {
      request.headers().add("a", "b");
    }
    assertThatThrownBy(() -> got(request.send())).hasCauseInstanceOf(StreamResetException.class);
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
    HttpConnection connection = ask();
    connection.closeHandler(gone -> closed.complete(null));
    for (int i = 0; i < times; i++) {
      deed.accept(connection);
    }
    if (times == MANY) {
      closed.get(GatewayUnderTest.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return true;
    }
    // An answered request, for the client's library may miss the answer to a ping.
    ask();
    gateway.awaitLook();
    ask();
    return closed.isDone();
  }

  /** The connection that a request was answered on. */
  private HttpConnection ask() throws Exception {
    HttpClientRequest request =
        got(client.request(HttpMethod.GET, gateway.port(), "localhost", GRADES));
    got(request.send().compose(answer -> answer.body()));
    return request.connection();
  }

  private static <T> T got(Future<T> future) throws Exception {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .get(GatewayUnderTest.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
