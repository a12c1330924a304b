package uk.progressstream.system.http;

import uk.progressstream.system.running.RunningSystem;

/** Through the gateway, as everybody else has the services. */
class GatewayConformanceIT extends Conformance {
  GatewayConformanceIT(RunningSystem system) {
    super(Door.GATEWAY, system);
  }
}
