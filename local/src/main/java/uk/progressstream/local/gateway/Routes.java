package uk.progressstream.local.gateway;

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

  private final Map<String, Integer> services;

  Routes(Map<String, Integer> services) {
    this.services = Map.copyOf(services);
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

  /** Port of a service that {@link #service} named. */
  int port(String service) {
    Integer port = services.get(service);
    if (port == null) {
      throw new IllegalArgumentException("no such service");
    }
    return port;
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
