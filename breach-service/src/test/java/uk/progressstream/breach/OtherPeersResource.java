package uk.progressstream.breach;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import uk.progressstream.provisioning.ports.Ports;

/**
 * Tells the service to find identity and audit on one free port, where {@link OtherPeers} answers.
 */
public class OtherPeersResource implements QuarkusTestResourceLifecycleManager {
  static final String PORT = "ps.test.other-peers-port";

  @Override
  public Map<String, String> start() {
    String port = Integer.toString(Ports.free());
    return Map.of(
        PORT,
        port,
        "quarkus.grpc.clients.identity.test-port",
        port,
        "quarkus.grpc.clients.audit.test-port",
        port);
  }

  /** After the surroundings of the service, which say where identity is for everybody else. */
  @Override
  public int order() {
    return 1;
  }

  @Override
  public void stop() {}
}
