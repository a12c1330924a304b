package uk.progressstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of HTTP/2 that keep the server busy with next to nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FloodTest {
  private static final String GRADES = "/grades/v1/grades";
  private static final int MANY = 3000;
  private static final int FEW = 20;
  private static final int DEAF = 4;
  private static final int STREAMS = 63;
  private static final Map<String, String> LARGE = Map.of("x-large", "x".repeat(14_000));
  private static final int BODY_BYTES_OF_ONE = 2 * 1024 * 1024;

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

  @ParameterizedTest
  @ValueSource(
      strings = {"GET /openapi.json", "GET /nowhere", "OPTIONS *", "PUT /openapi.json", "GET ?"})
  @DisplayName("What is sent behind a request is dropped, and the connection ends with its answer")
  void pipelined(String line) throws Exception {
    String one = line + " HTTP/1.1\r\nHost: localhost\r\n\r\n";

    assertThat(gateway.raw(one.repeat(50)).split("HTTP/1.1 ", -1)).hasSize(2);
  }

  @Test
  @DisplayName("An answer of our own that nobody takes counts with its request, and not for long")
  void ownAnswersThatWait() throws Exception {
    List<SSLSocket> sockets = new ArrayList<>();
    try {
      holdBytes(sockets);

      assertThat(gateway.taken("body-bytes")).isLessThanOrEqualTo(BODY_BYTES_OF_ONE);
      for (SSLSocket socket : sockets) {
        RawHttp2.awaitResets(socket, STREAMS);
      }
      assertThat(gateway.taken("body-bytes")).isZero();
    } finally {
      for (SSLSocket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  @DisplayName("A flood of requests for which there is no room ends its connection")
  void turnedAway() throws Exception {
    List<SSLSocket> sockets = new ArrayList<>();
    try (SSLSocket flood = gateway.socket()) {
      holdBytes(sockets);
      RawHttp2.beginDeaf(flood);

      assertThatThrownBy(
              () -> {
                for (int stream = 0; stream < MANY; stream++) {
                  RawHttp2.ask(flood, 2 * stream + 1, GRADES, LARGE);
                }
                RawHttp2.awaitResets(flood, MANY);
              })
          .isInstanceOf(IOException.class)
          .as("ended, and not only silent")
          .isNotInstanceOf(SocketTimeoutException.class);
    } finally {
      for (SSLSocket socket : sockets) {
        socket.close();
      }
    }
  }

  /** Clients that take no answer, until nothing more of this address is kept. */
  private void holdBytes(List<SSLSocket> sockets) throws Exception {
    for (int i = 0; i < DEAF; i++) {
      SSLSocket socket = gateway.socket();
      sockets.add(socket);
      RawHttp2.beginDeaf(socket);
      for (int stream = 0; stream < STREAMS; stream++) {
        RawHttp2.ask(socket, 2 * stream + 1, "/nowhere", LARGE);
      }
    }
    await()
        .atMost(GatewayUnderTest.PATIENCE)
        .until(() -> gateway.taken("body-bytes") > BODY_BYTES_OF_ONE / 2);
  }

  @Test
  @DisplayName("A head has so many lines, over HTTP/1 and HTTP/2, and a trailer has no more")
  void lines() throws Exception {
    String fits = "a:b\r\n".repeat(RequestDecoder.LINES_MAX - 2);
    String head = "GET /openapi.json HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n";
    assertThat(gateway.raw(head.formatted(fits))).startsWith("HTTP/1.1 200 ");
    assertThat(gateway.raw(head.formatted(fits + "a:b\r\n"))).contains(" 431 ");
    String folded = head.formatted("a:b\r\n" + " c\r\n".repeat(5000));
    assertThat(gateway.raw(folded)).doesNotContain(" 404 ").doesNotContain(" 200 ");
    String chunked =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n%s\r\n";
    assertThat(gateway.raw(chunked.formatted(GRADES, "a:b\r\n".repeat(200)))).contains(" 400 ");

    HttpClientRequest request =
        got(client.request(HttpMethod.GET, gateway.port(), "localhost", GRADES));
    for (int i = 0; i < 200; i++) {
      request.headers().add("a", "b");
    }
    assertThat(got(request.send()).statusCode()).isEqualTo(431);
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
  @DisplayName("A flood of requests that no service answers ends its connection")
  void ownAnswers() throws Exception {
    assertThat(
            endsAfter(
                MANY,
                connection ->
                    client
                        .request(HttpMethod.GET, gateway.port(), "localhost", "/nowhere")
                        .onSuccess(request -> request.send())))
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
