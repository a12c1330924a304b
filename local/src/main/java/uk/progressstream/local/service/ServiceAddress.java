package uk.progressstream.local.service;

/**
 * Where a service listens, on 127.0.0.1.
 *
 * @param port REST and gRPC, mutual TLS
 * @param managementPort health and metrics, plain HTTP
 */
public record ServiceAddress(int port, int managementPort) {

  /** Base of health and metrics. */
  public String managementUrl() {
    return "http://127.0.0.1:" + managementPort;
  }
}
