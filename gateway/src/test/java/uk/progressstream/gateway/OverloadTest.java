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
  private static final int SHARE = Admission.PER_SERVICE_MAX;

  private static final String HALF_A_REQUEST =
      "POST " + GRADES + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf";

  private final BlockingQueue<HttpServerRequest> held = new LinkedBlockingQueue<>();

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

  @BeforeEach
  void hold() {
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
  @DisplayName("Callers who hang up in the middle of their request give their places back, too")
  void whoHangsUpInMidRequestLeaves() throws Exception {
    gateway.grades().answers(request -> request.response());
    List<SSLSocket> halfWay = new ArrayList<>();
    for (int i = 0; i < SHARE; i++) {
      SSLSocket socket = gateway.socket();
      socket.getOutputStream().write(HALF_A_REQUEST.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      halfWay.add(socket);
    }
    for (SSLSocket socket : halfWay) {
      socket.close();
    }

    gateway.grades().reset();
    awaitServed();
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
