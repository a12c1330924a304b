package uk.progressstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one request meets is no other request's loss. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FairnessTest {
  private static final String GRADES = "/grades/v1/grades";
  private static final int UNFINISHED = 20;
  private static final int LONG = 24 * 1024 * 1024;
  private static final int READ_BYTES = 32 * 1024;
  private static final int READ_PAUSE_MS = 8;

  /** With 16 requests each: more than those of all addresses together that are not counted. */
  private static final int ADDRESSES = 65;

  private static final int FEW = 16;

  private static final int HEADS = 100;
  private static final int HEAD_BYTES = 30 * 1024;
  private static final int BODY_BYTES_OF_ONE = 2 * 1024 * 1024;

  @TempDir private static Path directory;
  private GatewayUnderTest gateway;

  @BeforeAll
  void start() throws Exception {
    gateway =
        GatewayUnderTest.start(
            directory,
            Map.of(
                "ps.gateway.pace.look",
                "PT2S",
                // So that only what is tested ends a request here.
                "ps.gateway.pace.head",
                "PT5M",
                "ps.gateway.pace.grace",
                "PT5M",
                "ps.gateway.pace.body",
                "PT5M",
                "ps.gateway.places.answers",
                "0",
                "ps.gateway.places.unfinished-per-address",
                Integer.toString(UNFINISHED),
                "ps.gateway.places.body-bytes-per-address",
                Integer.toString(BODY_BYTES_OF_ONE)));
  }

  @AfterAll
  void stop() throws Exception {
    gateway.close();
  }

  @BeforeEach
  void reset() throws Exception {
    await()
        .atMost(GatewayUnderTest.PATIENCE)
        .until(() -> gateway.taken("work") == 0 && gateway.taken("body-bytes") == 0);
    gateway.grades().reset();
  }

  @Test
  @DisplayName("Over HTTP/2 a request too many is turned away alone; others on its connection stay")
  void turnedAwayAlone() throws Exception {
    CompletableFuture<HttpServerRequest> working = new CompletableFuture<>();
    gateway.grades().answers(working::complete);
    HttpClient client = http2();
    HttpClientRequest before = got(request(client));
    before.send();
    HttpServerRequest atTheService =
        working.get(GatewayUnderTest.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    List<SSLSocket> halfWay = new ArrayList<>();
    for (int i = 0; i < UNFINISHED; i++) {
      halfWay.add(halfWay("127.0.0.1"));
    }
    gateway.awaitLook();

    HttpClientRequest tooMany = got(request(client));

    assertThat(tooMany.connection()).as("the same").isSameAs(before.connection());
    assertThatThrownBy(() -> got(tooMany.send()))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            StreamResetException.class,
            reset -> assertThat(reset.getCode()).as("REFUSED_STREAM").isEqualTo(7));
    atTheService.response().end("done");
    assertThat(got(before.response()).statusCode()).isEqualTo(200);
    for (SSLSocket each : halfWay) {
      each.close();
    }
  }

  @Test
  @DisplayName("A steady reader does not count among those whose answers wait, however long it is")
  void steadyReader() throws Exception {
    gateway.grades().answers(request -> request.response().end(Buffer.buffer(new byte[LONG])));

    long bytes = 0;
    try (InputStream body =
        gateway
            .client(Version.HTTP_1_1)
            .send(gateway.request(GRADES).build(), BodyHandlers.ofInputStream())
            .body()) {
      for (int got = 1; got > 0; bytes += got) {
        got = body.readNBytes(READ_BYTES).length;
        TimeUnit.MILLISECONDS.sleep(READ_PAUSE_MS);
      }
    }

    assertThat(bytes).isEqualTo(LONG);
  }

  @Test
  @DisplayName("Where everybody's places for answers are taken, events are a 503, not a 429")
  void eventsWithoutPlaces() throws Exception {
    gateway
        .grades()
        .answers(
            request ->
                request.response().putHeader("Content-Type", "text/event-stream").end("data: 1"));

    HttpResponse<String> answer = gateway.get(GRADES);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  @DisplayName("A client that leaves is no bad request; a broken chunk is one")
  void leaving() throws Exception {
    HttpClientRequest half =
        got(http2().request(HttpMethod.POST, gateway.port(), "localhost", GRADES));
    half.setChunked(true).write("half");
    gateway.awaitLook();
    int before = gateway.refused("bad-request");
    half.reset();
    halfWay("127.0.0.1").close();
    gateway.awaitLook();
    assertThat(gateway.refused("bad-request")).isEqualTo(before);

    String broken =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nxx\r\n";
    assertThat(gateway.raw(broken.formatted(GRADES))).contains(" 400 ");
    assertThat(gateway.refused("bad-request")).isEqualTo(before + 1);
  }

  @Test
  @DisplayName("What is not counted for an address with few requests has an end over all addresses")
  void freeBytesOfAll() throws Exception {
    List<SSLSocket> sockets = new ArrayList<>();
    try {
      for (int address = 1; address <= ADDRESSES; address++) {
        for (int i = 0; i < FEW; i++) {
          sockets.add(halfWay("127.0.1." + address));
        }
      }
      await().atMost(GatewayUnderTest.PATIENCE).until(() -> gateway.taken("body-bytes") > 0);
    } finally {
      for (SSLSocket each : sockets) {
        each.close();
      }
    }
  }

  @Test
  @DisplayName("A head that never ends counts while it waits, and has no more room than a body")
  void headsWithoutEnd() throws Exception {
    List<SSLSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < HEADS; i++) {
        SSLSocket socket = gateway.socketFrom("127.0.0.4");
        sockets.add(socket);
        String head = "GET / HTTP/1.1\r\na: " + "b".repeat(HEAD_BYTES);
        try {
          socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
          socket.getOutputStream().flush();
        } catch (IOException cut) {
          // As it should be.
        }
      }
      await()
          .atMost(GatewayUnderTest.PATIENCE)
          .until(() -> gateway.taken("body-bytes") > BODY_BYTES_OF_ONE / 2);
      assertThat(gateway.taken("body-bytes")).isLessThanOrEqualTo(BODY_BYTES_OF_ONE);
      await().atMost(GatewayUnderTest.PATIENCE).until(() -> gateway.taken("connections") < HEADS);
    } finally {
      for (SSLSocket each : sockets) {
        each.close();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"a, 007f", "a, 0000", "a, 000b", "a, 000d", "a, 001f", "a b, 0061", "a:b, 0061"})
  @DisplayName("A field that HTTP/1 has no line for is refused before it takes a place")
  void oddFields(String name, String odd) throws Exception {
    String value = "x" + (char) Integer.parseInt(odd, 16) + "y";
    String answer;
    try (SSLSocket socket = gateway.socketFrom("127.0.0.1")) {
      answer = RawHttp2.get(socket, GRADES, Map.of(name, value));
    }

    assertThat(answer).containsAnyOf("bad-request", RawHttp2.RESET);
    assertThat(gateway.grades().begun()).isZero();
    assertThat(gateway.taken("work")).isZero();
  }

  @Test
  @DisplayName("The control: the same with a proper field is answered")
  void properField() throws Exception {
    try (SSLSocket socket = gateway.socketFrom("127.0.0.1")) {
      assertThat(RawHttp2.get(socket, GRADES, Map.of("a", "xay"))).isEqualTo("read");
    }
  }

  private SSLSocket halfWay(String address) throws Exception {
    SSLSocket socket = gateway.socketFrom(address);
    String head =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\na".formatted(GRADES);
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return socket;
  }

  private Future<HttpClientRequest> request(HttpClient client) {
    return client.request(HttpMethod.GET, gateway.port(), "localhost", GRADES);
  }

  private HttpClient http2() {
    return gateway
        .vertx()
        .createHttpClient(
            new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setTrustAll(true)
                .setVerifyHost(false));
  }

  private static <T> T got(Future<T> future) throws Exception {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .get(GatewayUnderTest.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
