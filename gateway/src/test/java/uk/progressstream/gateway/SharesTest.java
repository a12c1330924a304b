package uk.progressstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerRequest;
import java.io.InputStream;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
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

/** What one caller may hold, so that others have the rest. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharesTest {
  private static final String GRADES = "/grades/v1/grades";
  private static final String OTHER_ADDRESS = "127.0.0.3";
  private static final String INGEST = "/ingest/v1/schools";
  private static final int WORK_OF_ALL = 8;
  private static final int WORK = 6;
  private static final int WORK_OF_ONE = 4;
  private static final int TRIES_MAX = 5;
  private static final int UNFINISHED = 40;
  private static final int ANSWERS = 4;
  private static final int BODY_BYTES = 128 * 1024;

  @TempDir private static Path directory;
  private final BlockingQueue<HttpServerRequest> held = new LinkedBlockingQueue<>();
  private GatewayUnderTest gateway;

  @BeforeAll
  void start() throws Exception {
    gateway =
        GatewayUnderTest.start(
            directory,
            Map.of(
                "ps.gateway.places.work", Integer.toString(2 * WORK_OF_ALL),
                "ps.gateway.places.work-per-address", Integer.toString(WORK),
                "ps.gateway.places.work-per-account", Integer.toString(WORK_OF_ONE),
                "ps.gateway.places.unfinished-per-address", Integer.toString(UNFINISHED),
                "ps.gateway.places.answers-per-address", Integer.toString(ANSWERS),
                "ps.gateway.places.answers-per-account", Integer.toString(ANSWERS),
                "ps.gateway.places.body-bytes-per-address", Integer.toString(BODY_BYTES)));
  }

  @AfterAll
  void stop() throws Exception {
    gateway.close();
  }

  @BeforeEach
  void reset() throws Exception {
    gateway.awaitPlaces();
    held.clear();
    gateway.grades().reset();
    gateway.ingest().reset();
  }

  @Test
  @DisplayName("An address has at most half of all the work, however many services it asks")
  void workOfAll() throws Exception {
    gateway.grades().answers(held::add);
    gateway.ingest().answers(held::add);
    List<CompletableFuture<HttpResponse<InputStream>>> inside = send(GRADES, WORK_OF_ONE, "");
    inside.addAll(send(INGEST, WORK_OF_ONE, ""));
    List<HttpServerRequest> requests = arrived(WORK_OF_ALL);

    HttpResponse<InputStream> tooMany =
        send(GRADES, 1, "somebody").get(0).get(30, TimeUnit.SECONDS);
    gateway.grades().reset();

    assertThat(tooMany.statusCode()).isEqualTo(429);
    assertThat(fromElsewhere(GRADES)).startsWith("HTTP/1.1 200 ");
    requests.forEach(request -> request.response().end());
    assertAnswered(inside);
  }

  @Test
  @DisplayName("An address that has its share of a service's work is told to wait, no other is")
  void work() throws Exception {
    gateway.grades().answers(held::add);
    List<CompletableFuture<HttpResponse<InputStream>>> inside = send(WORK_OF_ONE);
    inside.addAll(send(WORK - WORK_OF_ONE, "somebody"));
    List<HttpServerRequest> requests = arrived(WORK);

    HttpResponse<String> tooMany = gateway.get(GRADES);
    gateway.grades().reset();

    assertThat(tooMany.statusCode()).isEqualTo(429);
    assertThat(tooMany.headers().firstValue("Retry-After")).isPresent();
    assertThat(fromElsewhere(GRADES)).startsWith("HTTP/1.1 200 ");
    requests.forEach(request -> request.response().end());
    assertAnswered(inside);
    assertThat(gateway.get(GRADES).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("An account that has its share of a service's work is told to wait, no other is")
  void workOfOne() throws Exception {
    gateway.grades().answers(held::add);
    List<CompletableFuture<HttpResponse<InputStream>>> inside = send(WORK_OF_ONE, "somebody");
    List<HttpServerRequest> requests = arrived(WORK_OF_ONE);

    assertThat(send(1, "somebody").get(0).get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(429);
    CompletableFuture<HttpResponse<InputStream>> other = send(1, "somebody else").get(0);
    requests.addAll(arrived(1));

    requests.forEach(request -> request.response().end());
    assertThat(other.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertAnswered(inside);
  }

  @Test
  @DisplayName("So many requests of an address may be half-way; one more loses its connection")
  void unfinished() throws Exception {
    List<SSLSocket> halfWay = new ArrayList<>();
    for (int i = 0; i < UNFINISHED; i++) {
      halfWay.add(halfWay());
    }
    gateway.awaitLook();

    SSLSocket oneMore = halfWay();

    String answer =
        new String(oneMore.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertThat(answer.isEmpty() || answer.startsWith("HTTP/1.1 429 ")).as(answer).isTrue();
    assertThat(fromElsewhere(GRADES)).startsWith("HTTP/1.1 200 ");
    halfWay.get(0).getOutputStream().write('b');
    halfWay.get(0).getOutputStream().flush();
    assertThat(halfWay.get(0).getInputStream().read()).as("of an answer").isEqualTo('H');
    for (SSLSocket each : halfWay) {
      each.close();
    }
    oneMore.close();
  }

  private SSLSocket halfWay() throws Exception {
    SSLSocket socket = gateway.socket();
    String head =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\na".formatted(GRADES);
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return socket;
  }

  @Test
  @DisplayName("Who takes requests back has no more of them worked on than who waits for them")
  void takenBack() throws Exception {
    int refused = 0;
    for (int i = 0; i < TRIES_MAX && refused == 0; i++) {
      refused = refusedAfterTakingBack();
      gateway.awaitPlaces();
    }

    assertThat(refused).as("refused, though the service knows that nobody waits").isPositive();
    gateway.grades().reset();
    assertThat(gateway.get(GRADES).statusCode()).as("places came back").isEqualTo(200);
  }

  /** A machine that is busy may look at its places meanwhile, and then one more is let in. */
  private int refusedAfterTakingBack() throws Exception {
    BlockingQueue<String> known = new LinkedBlockingQueue<>();
    gateway
        .grades()
        .answers(
            request -> {
              request.response().closeHandler(closed -> known.add("closed"));
              held.add(request);
            });
    List<CompletableFuture<HttpResponse<InputStream>>> impatient = send(WORK_OF_ONE);
    arrived(WORK_OF_ONE);
    gateway.awaitLook();
    impatient.forEach(each -> each.cancel(true));
    for (int i = 0; i < WORK_OF_ONE; i++) {
      assertThat(known.poll(GatewayUnderTest.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotNull();
    }
    gateway.grades().reset();
    return gateway.get(GRADES).statusCode() == 429 ? 1 : 0;
  }

  @Test
  @DisplayName("Who waits for events holds no place that somebody could be worked for in")
  void events() throws Exception {
    gateway
        .grades()
        .answers(
            request -> {
              request.response().putHeader("Content-Type", "text/event-stream").setChunked(true);
              request.response().write("data: 1\n\n");
              held.add(request);
            });
    List<InputStream> watched = new ArrayList<>();
    for (CompletableFuture<HttpResponse<InputStream>> each : send(ANSWERS)) {
      watched.add(each.get(30, TimeUnit.SECONDS).body());
    }
    List<HttpServerRequest> watching = arrived(ANSWERS);

    assertThat(gateway.get(GRADES).statusCode()).as("one too many").isEqualTo(429);
    gateway.grades().reset();
    gateway.grades().answers(held::add);
    held.clear();
    awaitPlaceOfTheOneTooMany();
    List<CompletableFuture<HttpResponse<InputStream>>> working = send(WORK_OF_ONE);
    arrived(WORK_OF_ONE).forEach(request -> request.response().end());
    assertAnswered(working);

    watching.forEach(request -> request.response().end());
    for (InputStream each : watched) {
      each.readAllBytes();
    }
  }

  /** Its service was at work already, and has two looks to stop. */
  private void awaitPlaceOfTheOneTooMany() throws Exception {
    gateway.awaitLook();
    gateway.awaitLook();
  }

  @Test
  @DisplayName("An address with too many bodies on their way is told to wait, no other is")
  void bodies() throws Exception {
    byte[] part = new byte[BODY_BYTES];
    String head =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
            .formatted(GRADES, BODY_BYTES + 1);
    try (SSLSocket first = gateway.socket()) {
      first.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      first.getOutputStream().write(part);
      first.getOutputStream().flush();
      String second = "";
      long deadline = System.nanoTime() + GatewayUnderTest.PATIENCE.toNanos();
      while (!second.startsWith("HTTP/1.1 429 ")) {
        assertThat(System.nanoTime()).as(second).isLessThan(deadline);
        second =
            gateway.raw(
                "POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                    .formatted(GRADES, BODY_BYTES, new String(part, StandardCharsets.ISO_8859_1)));
      }
      assertThat(fromElsewhere(GRADES)).startsWith("HTTP/1.1 200 ");
    }
  }

  private static void assertAnswered(List<CompletableFuture<HttpResponse<InputStream>>> all)
      throws Exception {
    for (CompletableFuture<HttpResponse<InputStream>> each : all) {
      assertThat(each.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
  }

  private String fromElsewhere(String path) throws Exception {
    return gateway.rawFrom(
        OTHER_ADDRESS,
        "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(path));
  }

  private List<CompletableFuture<HttpResponse<InputStream>>> send(int count) {
    return send(count, "");
  }

  private List<CompletableFuture<HttpResponse<InputStream>>> send(int count, String subject) {
    return send(GRADES, count, subject);
  }

  private List<CompletableFuture<HttpResponse<InputStream>>> send(
      String path, int count, String subject) {
    List<CompletableFuture<HttpResponse<InputStream>>> answers = new ArrayList<>();
    String claims = "{\"sub\":\"" + subject + "\"}";
    String token =
        "a."
            + Base64.getUrlEncoder().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
            + ".c";
    for (int i = 0; i < count; i++) {
      answers.add(
          gateway
              .client(Version.HTTP_1_1)
              .sendAsync(
                  gateway.request(path).header("Authorization", "Bearer " + token).build(),
                  HttpResponse.BodyHandlers.ofInputStream()));
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
