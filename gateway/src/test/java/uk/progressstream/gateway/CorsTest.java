package uk.progressstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CorsTest {
  private static final String APP = "https://app.example";

  @TempDir private static Path directory;
  @TempDir private static Path other;
  private GatewayUnderTest gateway;

  @BeforeAll
  void start() throws Exception {
    gateway = GatewayUnderTest.start(directory, Map.of("ps.gateway.app-origins", APP));
  }

  @AfterAll
  void stop() throws Exception {
    gateway.close();
  }

  @BeforeEach
  void reset() {
    gateway.grades().reset();
    gateway
        .grades()
        .answers(
            request ->
                request.response().putHeader("Access-Control-Allow-Origin", "*").end("rows"));
  }

  @Test
  @DisplayName("A browser may send what the API takes, and hears so from the gateway itself")
  void preflight() throws Exception {
    String answer = send(gateway, "OPTIONS", APP, "Access-Control-Request-Method: PATCH\r\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 204 ")
        .contains("Access-Control-Allow-Origin: " + APP)
        .contains("Idempotency-Key")
        .contains("Vary: Origin")
        .doesNotContain("Credentials");
    assertThat(gateway.grades().begun()).isZero();
  }

  @Test
  @DisplayName("The app may read answers and the headers that it needs; the service has no say")
  void answers() throws Exception {
    assertThat(send(gateway, "GET", APP, ""))
        .startsWith("HTTP/1.1 200 ")
        .contains("Access-Control-Allow-Origin: " + APP)
        .contains("Audit-Record")
        .doesNotContain("*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "https://app.example.evil.example",
        "http://app.example",
        "https://app.example:444",
        "https://APP.example"
      })
  @DisplayName("Any other origin is told nothing")
  void others(String origin) throws Exception {
    assertThat(send(gateway, "GET", origin, "")).doesNotContainIgnoringCase("access-control");
    assertThat(send(gateway, "OPTIONS", origin, "Access-Control-Request-Method: GET\r\n"))
        .startsWith("HTTP/1.1 403 ")
        .doesNotContainIgnoringCase("access-control");
  }

  @Test
  @DisplayName("Where no app is named there is none")
  void noneUnlessSaid() throws Exception {
    try (GatewayUnderTest closed = GatewayUnderTest.start(other)) {
      assertThat(send(closed, "GET", APP, ""))
          .startsWith("HTTP/1.1 200 ")
          .doesNotContainIgnoringCase("access-control");
    }
  }

  private static String send(GatewayUnderTest to, String method, String origin, String more)
      throws Exception {
    return to.raw(
        method
            + " /grades/v1/grades HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nOrigin: "
            + origin
            + "\r\n"
            + more
            + "\r\n");
  }
}
