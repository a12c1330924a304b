package uk.progressstream.local.gateway;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the gateway is told by its environment.
 *
 * @param port where people come in
 * @param certificate PEM file
 * @param key PKCS#8 PEM file
 * @param authority PEM file of the authority that signed the services
 * @param services port of each service on this machine
 */
record GatewaySettings(
    int port, String certificate, String key, String authority, Map<String, Integer> services) {

  /** From environment variables; {@code PS_GATEWAY_SERVICES} is {@code name=port,…}. */
  static GatewaySettings of(Map<String, String> environment) {
    return new GatewaySettings(
        Integer.parseInt(value(environment, "PS_GATEWAY_PORT")),
        value(environment, "PS_TLS_CERTIFICATE"),
        value(environment, "PS_TLS_KEY"),
        value(environment, "PS_TLS_CA"),
        services(value(environment, "PS_GATEWAY_SERVICES")));
  }

  private static Map<String, Integer> services(String text) {
    Map<String, Integer> services = new TreeMap<>();
    Arrays.stream(text.split(","))
        .map(pair -> pair.split("="))
        .forEach(pair -> services.put(pair[0], Integer.valueOf(pair[1])));
    return services;
  }

  private static String value(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException(name + " is not set");
    }
    return value;
  }
}
