package uk.progressstream.audit.delivery;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import uk.progressstream.provisioning.ports.Ports;

/**
 * The service reaches its own log, as it does in production: its outbox is one of the sources. Over
 * a port of the test's own where the argument {@code wired} says so, so that the test can cut it.
 */
public class OwnLogResource implements QuarkusTestResourceLifecycleManager {
  static final String WIRE = "ps.test.wire";

  private boolean wired;

  @Override
  public void init(Map<String, String> arguments) {
    wired = Boolean.parseBoolean(arguments.get("wired"));
  }

  @Override
  public Map<String, String> start() {
    String port = Integer.toString(Ports.free());
    String reached = wired ? Integer.toString(Ports.free()) : port;
    return Map.of(
        "quarkus.http.test-ssl-port",
        port,
        "quarkus.grpc.clients.audit.test-port",
        reached,
        WIRE,
        reached);
  }

  /** After the surroundings of the service, which leave its port open. */
  @Override
  public int order() {
    return 1;
  }

  @Override
  public void stop() {}
}
