package uk.progressstream.breach;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

/**
 * Tells the service to find identity and audit on one free port, where {@link OtherPeers} answers.
 */
public class OtherPeersResource implements QuarkusTestResourceLifecycleManager {
  static final String PORT = "ps.test.other-peers-port";

  @Override
  public Map<String, String> start() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(free.getLocalPort());
      return Map.of(
          PORT,
          port,
          "quarkus.grpc.clients.identity.test-port",
          port,
          "quarkus.grpc.clients.audit.test-port",
          port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** After the surroundings of the service, which say where identity is for everybody else. */
  @Override
  public int order() {
    return 1;
  }

  @Override
  public void stop() {}
}
