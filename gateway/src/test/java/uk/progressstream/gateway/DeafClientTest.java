package uk.progressstream.gateway;

import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that read nothing any more, and whose machines go on saying that they are there: what is
 * meant for them can never be sent, so their connections are cut off and their places come back.
 */
class DeafClientTest {
  private static final String GRADES = "/grades/v1/grades";
  private static final int LONG = 64 * 1024 * 1024;

  @TempDir private static Path directory;
  private final CompletableFuture<Void> left = new CompletableFuture<>();
  private GatewayUnderTest gateway;

  @BeforeEach
  void start() throws Exception {
    gateway =
        GatewayUnderTest.start(
            directory,
            Map.of(
                "ps.gateway.pace.look", "PT0.05S",
                "ps.gateway.pace.keep-alive", "PT0.5S",
                "ps.gateway.pace.grace", "PT0.2S",
                "ps.gateway.pace.window", "PT0.3S",
                "ps.gateway.pace.rest", "PT0.2S"));
    gateway
        .grades()
        .answers(
            request -> {
              request.connection().closeHandler(closed -> left.complete(null));
              request.response().end(Buffer.buffer(new byte[LONG]));
            });
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  @Test
  @DisplayName("Over HTTP/1.1 an answer that nobody reads ends, with its connection on both sides")
  void answer() throws Exception {
    try (SSLSocket socket = gateway.socket()) {
      ask(socket, 1);

      left.get(GatewayUnderTest.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      awaitNobody();
    }
  }

  @Test
  @DisplayName("Over HTTP/2, too, though the answer's end leaves its connection to others")
  void answerOverHttp2() throws Exception {
    HttpClient client = gateway.vertx().createHttpClient(wideOpen());
    HttpClientRequest request =
        client
            .request(HttpMethod.GET, gateway.port(), "localhost", GRADES)
            .toCompletionStage()
            .toCompletableFuture()
            .get(GatewayUnderTest.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    request.send();
    ((ConnectionBase) request.connection())
        .channelHandlerContext()
        .channel()
        .config()
        .setAutoRead(false);

    left.get(GatewayUnderTest.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    awaitNobody();
  }

  @Test
  @DisplayName("An answer over HTTP/2 that is written and never taken ends with its stream")
  void writtenAnswerOverHttp2() throws Exception {
    gateway.grades().answers(request -> request.response().end("all of it"));
    try (SSLSocket socket = gateway.socket()) {
      RawHttp2.beginDeaf(socket);
      RawHttp2.ask(socket, 1, GRADES, Map.of());

      RawHttp2.awaitResets(socket, 1);
    }
  }

  @Test
  @DisplayName("Whoever asks on and on and reads no answer is gone, too")
  void manyAnswers() throws Exception {
    gateway.grades().answers(request -> request.response().end(Buffer.buffer(new byte[4096])));
    try (SSLSocket socket = gateway.socket()) {
      ask(socket, 1000);

      awaitNobody();
    }
  }

  private static void ask(SSLSocket socket, int times) throws Exception {
    String request = "GET " + GRADES + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(request.repeat(times).getBytes(StandardCharsets.US_ASCII));
  }

  /** Lets all be sent that the network takes. */
  private static HttpClientOptions wideOpen() {
    return new HttpClientOptions()
        .setSsl(true)
        .setUseAlpn(true)
        .setProtocolVersion(HttpVersion.HTTP_2)
        .setTrustAll(true)
        .setVerifyHost(false)
        .setHttp2ConnectionWindowSize(Integer.MAX_VALUE)
        .setInitialSettings(new Http2Settings().setInitialWindowSize(Integer.MAX_VALUE));
  }

  private void awaitNobody() {
    await().atMost(GatewayUnderTest.PATIENCE).until(() -> gateway.taken("connections") == 0);
  }
}
