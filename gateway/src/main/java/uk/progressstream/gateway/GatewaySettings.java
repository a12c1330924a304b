package uk.progressstream.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** {@code PS_GATEWAY_…}: where people come in, where the services are, and how much is let in. */
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

  /** Further host names that requests may be meant for. */
  Optional<List<String>> otherHosts();

  /** Where each service is: {@code name=host:port}. */
  List<String> services();

  /** Origins of apps in browsers, to the letter; none unless said. */
  Optional<List<String>> appOrigins();

  /** How long browsers should insist on TLS; 0 leaves the header out. */
  @WithDefault("0")
  long hstsSeconds();

  /** How slow a client or a service may be. */
  PaceSettings pace();

  /** How many may be in at once. */
  PlaceSettings places();
}
