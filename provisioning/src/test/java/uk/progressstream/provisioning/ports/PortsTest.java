package uk.progressstream.provisioning.ports;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  @DisplayName("Free ports are different, can be listened on, and no outgoing connection takes one")
  void free() throws Exception {
    List<Integer> ports = Ports.free(200);

    assertThat(ports).doesNotHaveDuplicates().hasSize(200).allMatch(Ports::isFree);
    try (ServerSocket chosen = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // Chosen as the port of an outgoing connection is.
      assertThat(ports).allMatch(port -> port < chosen.getLocalPort());
    }
  }

  @Test
  @DisplayName("A port that somebody listens on is not free")
  void taken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(Ports.isFree(taken.getLocalPort())).isFalse();
    }
  }
}
