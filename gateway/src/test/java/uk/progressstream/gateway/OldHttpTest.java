package uk.progressstream.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OldHttpTest {
  private static final String GRADES = "/grades/v1/grades";

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
  }

  @Test
  @DisplayName("HTTP/1.0 gets an answer whose length is known")
  void oldHttp() throws Exception {
    String answer = gateway.raw("GET " + GRADES + " HTTP/1.0\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.0 200 ").endsWith("\r\n\r\nread");
  }

  @Test
  @DisplayName("HTTP/1.0 is served to a client that offers nothing newer by ALPN")
  void oldHttpByAlpn() throws Exception {
    try (SSLSocket socket = gateway.socketFrom("127.0.0.1")) {
      SSLParameters offer = socket.getSSLParameters();
      offer.setApplicationProtocols(new String[] {"http/1.0"});
      socket.setSSLParameters(offer);
      socket.getOutputStream().write(("GET " + GRADES + " HTTP/1.0\r\n\r\n").getBytes(US_ASCII));

      assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
          .startsWith("HTTP/1.0 200 ");
      assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.0");
    }
  }

  @Test
  @DisplayName("HTTP/1.0 gets no answer that would look whole when it was cut")
  void oldHttpWithoutLength() throws Exception {
    gateway.grades().answers(request -> request.response().setChunked(true).end("rows"));

    String answer = gateway.raw("GET " + GRADES + " HTTP/1.0\r\n\r\n");

    assertThat(answer).contains(" 505 ").contains("application/problem+json");
  }
}
