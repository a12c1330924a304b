package uk.progressstream.gateway;

import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

  /** Of {@code name=host:port}, each. */
  static Routes of(List<String> services) {
    return new Routes(
        services.stream()
            .map(service -> service.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> parsed(pair[pair.length - 1]))));
  }

  private static HostAndPort parsed(String text) {
    HostAndPort address = HostAndPort.parseAuthority(text, -1);
    if (address == null || address.port() < 0) {
      throw new IllegalArgumentException(
          "PS_GATEWAY_SERVICES: a service's address is name=host:port");
    }
    return address;
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
