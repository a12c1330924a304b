package uk.progressstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The line before a chunk of an upload may come in two parts. */
class ChunkLineTest {
  private static final String HEAD =
      "POST /ingest/v1/uploads HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
          + "Content-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n1";

  @TempDir private static Path directory;

  @Test
  @DisplayName("An upload goes on where its address has no room left for bodies")
  void withoutRoom() throws Exception {
    try (GatewayUnderTest gateway =
            GatewayUnderTest.start(
                directory, Map.of("ps.gateway.places.body-bytes-per-address", "1"));
        SSLSocket upload = gateway.socket()) {
      write(upload, HEAD);
      gateway.awaitLook();
      write(upload, "0\r\n" + "a".repeat(16) + "\r\n0\r\n\r\n");

      assertThat(new String(upload.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 200 ");
    }
  }

  private static void write(SSLSocket socket, String text) throws Exception {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }
}
