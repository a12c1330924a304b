package uk.progressstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverloadTest {
  private static final String GRADES = "/grades/v1/grades";
  private static final int SHARE = 60;

  private static final String UPLOADS = "/ingest/v1/uploads";
  private static final String HALF =
      "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf";

  private final BlockingQueue<HttpServerRequest> held = new LinkedBlockingQueue<>();

  @TempDir private static Path directory;
  private GatewayUnderTest gateway;

  @BeforeAll
  void start() throws Exception {
    gateway =
        GatewayUnderTest.start(
            directory,
            Map.of(
                "ps.gateway.places.work-per-service",
                Integer.toString(SHARE),
                "ps.gateway.places.work-per-account",
                Integer.toString(SHARE),
                "ps.gateway.places.uploads-per-account",
                "64",
                "ps.gateway.places.uploads-per-address",
                "64",
                "ps.gateway.places.uploads",
                Integer.toString(SHARE)));
  }

  @AfterAll
  void stop() throws Exception {
    gateway.close();
  }

  @BeforeEach
  void hold() throws Exception {
    gateway.awaitPlaces();
    held.clear();
    gateway.grades().reset();
    gateway.grades().answers(held::add);
  }

  @Test
  @DisplayName(
      "A service that has its share gets no more; who comes then is told when to try again")
  void whatIsTooMuchIsShed() throws Exception {
    HttpClient callers = callers();
    List<CompletableFuture<HttpClientResponse>> inside = send(callers, SHARE);
    List<HttpServerRequest> requests = arrived(SHARE);

    HttpResponse<String> shed = gateway.get(GRADES);

    assertThat(shed.statusCode()).isEqualTo(503);
    assertThat(shed.headers().allValues("Retry-After")).containsExactly("1");
    assertThat(GatewayUnderTest.problem(shed).getString("type"))
        .isEqualTo("urn:progress-stream:problem:overloaded");
    assertThat(gateway.get("/ingest/v1/uploads").statusCode()).isEqualTo(200);
    requests.forEach(request -> request.response().end());
    for (CompletableFuture<HttpClientResponse> answer : inside) {
      assertThat(answer.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
    assertThat(gateway.grades().begun()).isEqualTo(SHARE);
    assertServes();
  }

  @Test
  @DisplayName("Callers who hang up give their places back")
  void whoHangsUpLeaves() throws Exception {
    HttpClient callers = callers();
    send(callers, SHARE);
    arrived(SHARE);
    assertThat(gateway.get(GRADES).statusCode()).isEqualTo(503);

    callers.close().toCompletionStage().toCompletableFuture().get();

    gateway.grades().reset();
    awaitServed();
  }

  @Test
  @DisplayName("Requests that stop half-way take nobody's place")
  void whoIsNotDoneHoldsNothing() throws Exception {
    gateway.grades().reset();
    List<SSLSocket> halfWay = halfWay(GRADES, 2 * SHARE);

    assertThat(gateway.get(GRADES).statusCode()).isEqualTo(200);
    assertThat(gateway.grades().begun()).isEqualTo(1);

    close(halfWay);
  }

  @Test
  @DisplayName("Callers who hang up in the middle of an upload give their places back")
  void whoHangsUpInMidRequestLeaves() throws Exception {
    BlockingQueue<HttpServerRequest> uploads = new LinkedBlockingQueue<>();
    gateway.ingest().reset();
    gateway
        .ingest()
        .answers(
            request -> {
              request.exceptionHandler(cut -> {});
              request.handler(bytes -> {});
              uploads.add(request);
            });
    List<SSLSocket> halfWay = halfWay(UPLOADS, SHARE);
    for (int i = 0; i < SHARE; i++) {
      assertThat(uploads.poll(30, TimeUnit.SECONDS)).isNotNull();
    }
    assertThat(upload()).isEqualTo(503);

    close(halfWay);

    gateway.ingest().reset();
    long deadline = System.nanoTime() + GatewayUnderTest.PATIENCE.toNanos();
    while (upload() != 200) {
      assertThat(System.nanoTime()).as("places came back").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private int upload() throws Exception {
    return gateway
        .client(java.net.http.HttpClient.Version.HTTP_1_1)
        .send(
            gateway
                .request(UPLOADS)
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("a"))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private List<SSLSocket> halfWay(String path, int count) throws Exception {
    List<SSLSocket> sockets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SSLSocket socket = gateway.socket();
      socket.getOutputStream().write((HALF.formatted(path)).getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      sockets.add(socket);
    }
    return sockets;
  }

  private static void close(List<SSLSocket> sockets) throws Exception {
    for (SSLSocket socket : sockets) {
      socket.close();
    }
  }

  @Test
  @DisplayName("A service that hangs up in the middle leaves no place taken")
  void aServiceThatHangsUpLeavesNothing() throws Exception {
    gateway.grades().answers(request -> request.connection().close());
    HttpClient callers = callers();
    for (CompletableFuture<HttpClientResponse> answer : send(callers, SHARE)) {
      assertThat(answer.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(503);
    }

    assertServes();
  }

  private void assertServes() throws Exception {
    gateway.grades().reset();
    assertThat(gateway.get(GRADES).statusCode()).isEqualTo(200);
  }

  /** The gateway learns of a broken connection a moment after it broke. */
  private void awaitServed() throws Exception {
    long deadline = System.nanoTime() + GatewayUnderTest.PATIENCE.toNanos();
    while (gateway.get(GRADES).statusCode() != 200) {
      assertThat(System.nanoTime()).as("places came back").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private HttpClient callers() {
    return gateway
        .vertx()
        .createHttpClient(
            new HttpClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false),
            new PoolOptions().setHttp1MaxSize(2 * SHARE));
  }

  private List<CompletableFuture<HttpClientResponse>> send(HttpClient callers, int count) {
    List<CompletableFuture<HttpClientResponse>> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      answers.add(
          callers
              .request(HttpMethod.GET, gateway.port(), "localhost", GRADES)
              .compose(request -> request.send())
              .toCompletionStage()
              .toCompletableFuture());
    }
    return answers;
  }

  private List<HttpServerRequest> arrived(int count) throws InterruptedException {
    List<HttpServerRequest> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      HttpServerRequest request =
          held.poll(GatewayUnderTest.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(request).as("request %d of %d", i + 1, count).isNotNull();
      requests.add(request);
    }
    return requests;
  }
}
