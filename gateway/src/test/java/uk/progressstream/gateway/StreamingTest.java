package uk.progressstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No test here looks at a clock: what has to arrive first is waited for before the rest is sent.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamingTest {
  private static final String EXPORT = "/grades/v1/grades/export";

  private final BlockingQueue<HttpServerRequest> begun = new LinkedBlockingQueue<>();

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
    begun.clear();
    gateway.grades().reset();
    gateway.grades().answers(begun::add);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "bearer"})
  @DisplayName("An answer ends soon after the token of whoever asked, though its service goes on")
  void noLongerThanItsToken(String scheme) throws Exception {
    gateway.grades().answers(request -> goOn(request.response().setChunked(true), 600));
    String claims =
        new JsonObject().put("sub", "a").put("exp", System.currentTimeMillis() / 1000 + 5).encode();
    String token = Base64.getUrlEncoder().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
    InputStream body =
        gateway
            .client(Version.HTTP_1_1)
            .send(
                gateway
                    .request("/grades/v1/grades")
                    .header("Authorization", scheme + " a." + token + ".c")
                    .build(),
                BodyHandlers.ofInputStream())
            .body();

    assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
  }

  /** Were it not cut, it would end well. */
  private void goOn(HttpServerResponse response, int pieces) {
    if (pieces == 0) {
      response.end();
    } else if (!response.closed()) {
      response.write("more");
      gateway.vertx().setTimer(50, timer -> goOn(response, pieces - 1));
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  @DisplayName("The first bytes of an answer arrive while the service still writes")
  void anAnswerIsStreamed(Version version) throws Exception {
    CompletableFuture<HttpResponse<InputStream>> answer = open(version);
    HttpServerResponse writes = taken().response().setChunked(true);
    writes.write("first\n");

    InputStream reads = answer.get(30, TimeUnit.SECONDS).body();
    assertThat(new String(reads.readNBytes(6), StandardCharsets.UTF_8)).isEqualTo("first\n");
    assertThat(writes.ended()).isFalse();

    writes.end("last\n");
    assertThat(new String(reads.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("last\n");
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  @DisplayName("Server-sent events arrive one by one, as they are sent")
  void eventsPassThrough(Version version) throws Exception {
    CompletableFuture<HttpResponse<InputStream>> answer = open(version);
    HttpServerResponse writes = taken().response().setChunked(true);
    writes.putHeader("Content-Type", "text/event-stream").putHeader("Cache-Control", "no-cache");
    writes.write("id: 1\ndata: {\"rows\":10}\n\n");

    HttpResponse<InputStream> head = answer.get(30, TimeUnit.SECONDS);
    assertThat(head.headers().allValues("Content-Type")).containsExactly("text/event-stream");
    BufferedReader events =
        new BufferedReader(new InputStreamReader(head.body(), StandardCharsets.UTF_8));
    assertThat(event(events)).isEqualTo("id: 1|data: {\"rows\":10}|");
    writes.write("id: 2\ndata: {\"rows\":20}\n\n");
    assertThat(event(events)).isEqualTo("id: 2|data: {\"rows\":20}|");
    writes.write(": still here\n\n");
    assertThat(event(events)).isEqualTo(": still here|");
    assertThat(writes.ended()).isFalse();
    writes.end();
    assertThat(events.readLine()).isNull();
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  @DisplayName("The first bytes of an upload reach the service while the caller still writes")
  void aBodyIsStreamed(Version version) throws Exception {
    BlockingQueue<String> read = new LinkedBlockingQueue<>();
    gateway
        .ingest()
        .answers(
            request -> {
              request.handler(buffer -> read.add(buffer.toString()));
              request.endHandler(end -> request.response().end());
            });
    try (SubmissionPublisher<ByteBuffer> writes = new SubmissionPublisher<>()) {
      ByteBuffer first = ByteBuffer.wrap("first\n".getBytes(StandardCharsets.UTF_8));
      HttpRequest.BodyPublisher body =
          BodyPublishers.fromPublisher(
              reader -> {
                writes.subscribe(reader);
                writes.submit(first);
              });
      HttpRequest request = gateway.request("/ingest/v1/uploads").POST(body).build();
      var answer = gateway.client(version).sendAsync(request, BodyHandlers.discarding());

      assertThat(read.poll(30, TimeUnit.SECONDS)).isEqualTo("first\n");
      assertThat(answer).isNotDone();

      writes.close();
      assertThat(answer.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  @DisplayName("An answer that the service could not finish does not look whole")
  void aBrokenAnswerIsBroken(Version version) throws Exception {
    CompletableFuture<HttpResponse<InputStream>> answer = open(version);
    HttpServerRequest request = taken();
    request.response().setChunked(true).write("first\n");
    InputStream reads = answer.get(30, TimeUnit.SECONDS).body();
    reads.readNBytes(6);

    request.connection().close();

    assertThatThrownBy(reads::readAllBytes).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  @DisplayName("A caller who hangs up ends the service's work, too")
  void whoHangsUpEndsTheWork(Version version) throws Exception {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    CompletableFuture<HttpResponse<InputStream>> answer = open(version);
    HttpServerRequest request = taken();
    request.response().closeHandler(closed -> ended.complete(null));
    request.response().setChunked(true).write("first\n");

    answer.get(30, TimeUnit.SECONDS).body().close();

    ended.get(30, TimeUnit.SECONDS);
    assertThat(request.response().ended()).isFalse();
  }

  private CompletableFuture<HttpResponse<InputStream>> open(Version version) {
    return gateway
        .client(version)
        .sendAsync(gateway.request(EXPORT).build(), BodyHandlers.ofInputStream());
  }

  private HttpServerRequest taken() throws InterruptedException {
    HttpServerRequest request = begun.poll(30, TimeUnit.SECONDS);
    assertThat(request).isNotNull();
    return request;
  }

  private static String event(BufferedReader events) throws IOException {
    StringBuilder event = new StringBuilder();
    for (String line = events.readLine(); !line.isEmpty(); line = events.readLine()) {
      event.append(line).append('|');
    }
    return event.toString();
  }
}
