package uk.progressstream.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MuteServiceTest {
  private static final int SHARE = 4;
  private static final int BODY_BYTES = 100_000;
  private static final String HEAD =
      "%s /pseudonym/v1/runs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n\r\n";
  private static final String REQUEST = HEAD.formatted("GET", 0);
  private static final String WITH_BODY =
      HEAD.formatted("POST", BODY_BYTES) + "x".repeat(BODY_BYTES);

  @TempDir private static Path directory;

  @Test
  @DisplayName(
      "What is cancelled while a connection to the service is being made counts until that is over")
  void cancelledWhileConnecting() throws Exception {
    List<Socket> connecting = new ArrayList<>();
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
        GatewayUnderTest gateway =
            GatewayUnderTest.start(
                directory,
                Map.of(
                    "ps.gateway.services",
                    ",pseudonym=localhost:" + mute.getLocalPort(),
                    "ps.gateway.places.work-per-account",
                    Integer.toString(SHARE)))) {
      for (int i = 0; i < SHARE; i++) {
        try (SSLSocket impatient = gateway.socket()) {
          impatient.getOutputStream().write(WITH_BODY.getBytes(US_ASCII));
          impatient.getOutputStream().flush();
          connecting.add(mute.accept());
        }
      }
      for (int i = 0; i < 4; i++) {
        gateway.awaitLook();
      }

      assertThat(gateway.raw(REQUEST)).startsWith("HTTP/1.1 429 ");
      assertThat(gateway.taken("body-bytes")).as("kept").isGreaterThan(SHARE * BODY_BYTES * 9 / 10);

      for (Socket each : connecting) {
        each.close();
      }
      awaitAllGivenBack(gateway);
    }
  }

  private static void awaitAllGivenBack(GatewayUnderTest gateway) throws InterruptedException {
    Instant end = Instant.now().plus(GatewayUnderTest.PATIENCE);
    while (gateway.taken("body-bytes") + gateway.taken("work") > 0) {
      assertThat(Instant.now()).as("given back").isBefore(end);
      gateway.awaitLook();
    }
  }
}
