package uk.progressstream.ingest.upload;

import java.util.HashMap;
import java.util.Map;
import uk.progressstream.provisioning.ports.Ports;
import uk.progressstream.provisioning.testing.ServiceTestResource;

/**
 * The surroundings of ingest, and one port where a test may start the peers that ingest calls.
 * Until it does, nobody answers there.
 */
public class IngestTestResource extends ServiceTestResource {
  static final String PEERS_PORT = "ps.test.peers-port";

  private String bytesMax = "";

  @Override
  public void init(Map<String, String> arguments) {
    bytesMax = arguments.getOrDefault("bytesMax", "3000000");
    super.init(Map.of("service", "ingest"));
  }

  @Override
  public Map<String, String> start() {
    Map<String, String> config = new HashMap<>(super.start());
    String port = Integer.toString(Ports.free());
    config.put(PEERS_PORT, port);
    // Identity's key set answers elsewhere: only its gRPC side moves.
    for (String peer : new String[] {"identity", "pseudonym", "grades", "sensitive"}) {
      config.put("quarkus.grpc.clients." + peer + ".port", port);
      config.put("quarkus.grpc.clients." + peer + ".test-port", port);
    }
    config.put("ps.ingest.bytes-max", bytesMax);
    config.put("ps.ingest.problems-max", "200");
    config.put("ps.ingest.progress-interval", "50ms");
    config.put("ps.ingest.pace-window", "1s");
    config.put("ps.ingest.at-once-per-school-max", "2");
    config.put("ps.ingest.peer.back-off-min", "20ms");
    config.put("ps.ingest.peer.back-off-max", "100ms");
    config.put("ps.ingest.peer.retries-max", "3");
    return config;
  }
}
