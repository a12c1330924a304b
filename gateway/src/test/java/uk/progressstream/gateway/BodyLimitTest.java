package uk.progressstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BodyLimitTest {
  private static final String GRADES = "/grades/v1/grades";
  private static final String UPLOADS = "/ingest/v1/uploads";
  private static final int LIMIT = (int) BodyLimit.BYTES_MAX;

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
  void reset() {
    gateway.grades().reset();
    gateway.ingest().reset();
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aBodyThatSaysThatItIsTooLongNeverReachesTheService(Version version) throws Exception {
    HttpResponse<String> answer = send(version, GRADES, withLength(LIMIT + 1));

    assertTooLarge(answer);
    assertThat(gateway.grades().begun()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aBodyThatDoesNotSayHowLongItIsBreaksOffAtTheLimit(Version version) throws Exception {
    HttpResponse<String> answer = send(version, GRADES, withoutLength(LIMIT + 1));

    assertTooLarge(answer);
    assertThat(gateway.grades().received()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aBodyOfExactlyTheLimitPassesWhole(Version version) throws Exception {
    assertThat(send(version, GRADES, withLength(LIMIT)).statusCode()).isEqualTo(200);
    assertThat(send(version, GRADES, withoutLength(LIMIT)).statusCode()).isEqualTo(200);

    assertThat(gateway.grades().received())
        .extracting(Upstream.Received::bytes)
        .containsExactly((long) LIMIT, (long) LIMIT);
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void uploadsAndNothingBesideThemMayBeLonger(Version version) throws Exception {
    assertThat(send(version, UPLOADS, withoutLength(2 * LIMIT)).statusCode()).isEqualTo(200);
    assertThat(gateway.ingest().received())
        .extracting(Upstream.Received::bytes)
        .containsExactly(2L * LIMIT);

    assertTooLarge(send(version, UPLOADS + "/", withoutLength(2 * LIMIT)));
    assertTooLarge(send(version, UPLOADS + "/one", withLength(2 * LIMIT)));
  }

  @Test
  void anUploadBeyondItsOwnLimitIsRefusedByItsFirstLine() throws Exception {
    try (SSLSocket socket = gateway.socket()) {
      String head =
          "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
              .formatted(UPLOADS, BodyLimit.UPLOAD_BYTES_MAX + 1);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));

      String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      assertThat(answer).isEqualTo("HTTP/1.1 413");
    }
    assertThat(gateway.ingest().begun()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void theNextRequestAfterARefusedOneIsServed(Version version) throws Exception {
    var client = gateway.client(version);
    for (int i = 0; i < 3; i++) {
      assertTooLarge(
          client.send(
              gateway.request(GRADES).POST(withoutLength(2 * LIMIT)).build(),
              HttpResponse.BodyHandlers.ofString()));
      assertThat(
              client
                  .send(gateway.request(GRADES).build(), HttpResponse.BodyHandlers.ofString())
                  .statusCode())
          .isEqualTo(200);
    }
  }

  private static void assertTooLarge(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(GatewayUnderTest.problem(answer).getString("type"))
        .isEqualTo("urn:progress-stream:problem:too-large");
    assertThat(GatewayUnderTest.problem(answer).getInteger("status")).isEqualTo(413);
  }

  private HttpResponse<String> send(Version version, String path, BodyPublisher body)
      throws IOException, InterruptedException {
    return gateway
        .client(version)
        .send(
            gateway.request(path).POST(body).header("Content-Type", "text/csv").build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static BodyPublisher withLength(int bytes) {
    return BodyPublishers.ofByteArray(new byte[bytes]);
  }

  /** Chunked with HTTP/1.1; with HTTP/2 just without a length. */
  private static BodyPublisher withoutLength(int bytes) {
    return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[bytes]));
  }
}
