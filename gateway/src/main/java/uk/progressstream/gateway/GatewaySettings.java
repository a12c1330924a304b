package uk.progressstream.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/** {@code PS_GATEWAY_…}: where people come in and where the services are. */
@ConfigMapping(prefix = "ps.gateway")
public interface GatewaySettings {
  /** Address to listen on. */
  @WithDefault("127.0.0.1")
  String host();

  /** Port to listen on. */
  @WithDefault("8443")
  int port();

  /** Our own address as people write it, {@code host} or {@code host:port}. */
  @WithDefault("localhost:8443")
  String authority();

  /** Where each service is: {@code name=host:port}. */
  List<String> services();
}
