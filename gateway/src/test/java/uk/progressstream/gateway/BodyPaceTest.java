package uk.progressstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The least rate of an ordinary body, which may last as long as it likes otherwise. */
class BodyPaceTest {
  private static final int BYTES = 600;
  private static final long BETWEEN_MS = 50;

  @TempDir Path directory;

  @Test
  @DisplayName("A body that trickles is not waited for, and its service never hears of it")
  void trickle() throws Exception {
    try (GatewayUnderTest gateway =
            GatewayUnderTest.start(
                directory,
                Map.of(
                    "ps.gateway.pace.look", "PT0.05S",
                    "ps.gateway.pace.body", "PT10M",
                    "ps.gateway.pace.grace", "PT0.2S",
                    "ps.gateway.pace.window", "PT0.3S"));
        SSLSocket socket = gateway.socket()) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /grades/v1/grades HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                  + BYTES
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      trickle(out);

      String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      assertThat(answer).isEqualTo("HTTP/1.1 408");
      assertThat(gateway.grades().begun()).isZero();
    }
  }

  /** A byte at a time, until all are sent or nobody takes more. */
  private static void trickle(OutputStream out) throws IOException, InterruptedException {
    try {
      for (int i = 0; i < BYTES - 1; i++) {
        out.write('x');
        Thread.sleep(BETWEEN_MS);
      }
    } catch (SocketException closed) {
      // As it should be.
    }
  }
}
