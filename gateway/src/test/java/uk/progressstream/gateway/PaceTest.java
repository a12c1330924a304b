package uk.progressstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
import org.junit.jupiter.params.provider.EnumSource;

/** All limits are short here; what is waited for is that they end something, not when. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PaceTest {
  private static final String GRADES = "/grades/v1/grades";
  private static final String UPLOADS = "/ingest/v1/uploads";

  @TempDir private static Path directory;
  private GatewayUnderTest gateway;

  @BeforeAll
  void start() throws Exception {
    gateway =
        GatewayUnderTest.start(
            directory,
            Map.of(
                "ps.gateway.pace.look", "PT0.05S",
                "ps.gateway.pace.head", "PT0.5S",
                "ps.gateway.pace.keep-alive", "PT0.5S",
                "ps.gateway.pace.body", "PT0.5S",
                "ps.gateway.pace.grace", "PT0.2S",
                "ps.gateway.pace.window", "PT0.3S",
                "ps.gateway.pace.service", "PT1S",
                "ps.gateway.pace.silence", "PT1S",
                "ps.gateway.pace.handshake", "PT1S"));
  }

  @AfterAll
  void stop() throws Exception {
    gateway.close();
  }

  @BeforeEach
  void reset() {
    gateway.grades().reset();
    gateway.ingest().reset();
  }

  @Test
  @DisplayName("A connection that never gets as far as a request is closed")
  void aHeadThatDoesNotEnd() throws Exception {
    try (SSLSocket socket = gateway.socket()) {
      socket.getOutputStream().write("GET / HT".getBytes(StandardCharsets.US_ASCII));

      assertThat(socket.getInputStream().readAllBytes()).isEmpty();
    }
  }

  @Test
  @DisplayName("A body that does not end is a 408, and no service hears of it")
  void aBodyThatDoesNotEnd() throws Exception {
    assertThat(halfOf(GRADES)).startsWith("HTTP/1.1 408 ").contains("request-timeout");
    assertThat(gateway.grades().begun()).isZero();
  }

  @Test
  @DisplayName("An upload that trickles is a 408, and its service learns of the cut")
  void anUploadThatTrickles() throws Exception {
    CompletableFuture<Throwable> cut = new CompletableFuture<>();
    gateway.ingest().answers(request -> request.exceptionHandler(cut::complete));

    assertThat(halfOf(UPLOADS)).startsWith("HTTP/1.1 408 ").contains("request-timeout");
    assertThat(cut.get(30, TimeUnit.SECONDS)).isNotNull();
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  @DisplayName("A service that never answers is a 504, and learns that nobody waits")
  void aServiceThatHangs(Version version) throws Exception {
    CompletableFuture<Void> left = new CompletableFuture<>();
    gateway
        .grades()
        .answers(request -> request.response().closeHandler(closed -> left.complete(null)));

    HttpResponse<String> answer =
        gateway.client(version).send(gateway.request(GRADES).build(), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(GatewayUnderTest.problem(answer).getString("type")).endsWith("no-answer");
    left.get(30, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  @DisplayName("An answer whose service falls silent is broken off")
  void aServiceThatFallsSilent(Version version) throws Exception {
    gateway.grades().answers(request -> request.response().setChunked(true).write("first"));
    InputStream reads =
        gateway
            .client(version)
            .send(gateway.request(GRADES).build(), BodyHandlers.ofInputStream())
            .body();

    assertThatThrownBy(reads::readAllBytes).isInstanceOf(IOException.class);
  }

  private String halfOf(String path) throws IOException {
    return gateway.raw(
        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf".formatted(path));
  }
}
