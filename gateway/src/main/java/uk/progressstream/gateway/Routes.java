package uk.progressstream.gateway;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.net.HostAndPort;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which service a path belongs to: the same prefixes that are routes on a cluster. */
final class Routes {
  private static final Pattern API = Pattern.compile("/([a-z]+)/v1(?:/.*)?");
  private static final Pattern PUBLIC =
      Pattern.compile("/(?:(identity)/\\.well-known/jwks\\.json|(breach)/public(?:/.*)?)");

  /** Ways to write a path that a service could read otherwise than we do. */
  private static final Pattern AMBIGUOUS =
      Pattern.compile("(?i).*(?:/\\.{1,2}(?:/|$)|//|\\\\|;|%2f|%5c|%2e|%00).*");

  private final Map<String, HostAndPort> services;

  private Routes(Map<String, HostAndPort> services) {
    this.services = Map.copyOf(services);
  }

  /**
   * Routes from entries of the form {@code name=host:port}.
   *
   * @throws ConfigurationException if an entry is malformed or a name is repeated
   */
  static Routes of(List<String> services) {
    Map<String, HostAndPort> byName = new HashMap<>();
    for (String service : services) {
      String[] pair = service.split("=", 2);
      HostAndPort address = HostAndPort.parseAuthority(pair[pair.length - 1], -1);
      if (pair.length < 2 || address == null || address.port() < 0) {
        throw new ConfigurationException(
            "PS_GATEWAY_SERVICES: \"%s\" is not name=host:port".formatted(service));
      }
      if (byName.put(pair[0], address) != null) {
        throw new ConfigurationException(
            "PS_GATEWAY_SERVICES: two services are named %s".formatted(pair[0]));
      }
    }
    return new Routes(byName);
  }

  /** The service of a path, as it was sent; empty where there is none. */
  Optional<String> service(String path) {
    if (AMBIGUOUS.matcher(path).matches()) {
      return Optional.empty();
    }
    return first(API.matcher(path))
        .or(() -> first(PUBLIC.matcher(path)))
        .filter(services::containsKey);
  }

  /** Where a service is that {@link #service} named. */
  HostAndPort address(String service) {
    HostAndPort address = services.get(service);
    if (address == null) {
      throw new IllegalArgumentException("no such service");
    }
    return address;
  }

  private static Optional<String> first(Matcher matcher) {
    if (!matcher.matches()) {
      return Optional.empty();
    }
    for (int i = 1; i <= matcher.groupCount(); i++) {
      if (matcher.group(i) != null) {
        return Optional.of(matcher.group(i));
      }
    }
    return Optional.empty();
  }
}
