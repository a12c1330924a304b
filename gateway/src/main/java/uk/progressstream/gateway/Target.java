package uk.progressstream.gateway;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a request is for, in whichever form it says so (RFC 9112, 3.2).
 *
 * @param path without the query, as it was sent
 * @param uri with the query, to be passed on
 */
record Target(String path, String uri) {
  static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

  private static final Set<HttpMethod> KNOWN =
      Set.of(
          HttpMethod.GET,
          HttpMethod.HEAD,
          HttpMethod.POST,
          HttpMethod.PUT,
          HttpMethod.PATCH,
          HttpMethod.DELETE,
          HttpMethod.OPTIONS);
  private static final Set<HttpMethod> NEVER = Set.of(HttpMethod.TRACE, HttpMethod.CONNECT);
  private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://([^/?#]*)([^#]*)");

  /** What no path holds: services could take it for something else than we do. */
  private static final Pattern FOREIGN = Pattern.compile("[^\\x21-\\x7e]|#");

  private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  /** Names that are ours. */
  record Hosts(Set<String> names) {
    static Hosts of(GatewaySettings settings) {
      Set<String> names = new HashSet<>(settings.otherHosts().orElse(List.of()));
      names.add(ours(settings).host());
      return new Hosts(
          names.stream()
              .map(name -> name.toLowerCase(Locale.ROOT))
              .collect(Collectors.toUnmodifiableSet()));
    }

    static HostAndPort ours(GatewaySettings settings) {
      HostAndPort ours = HostAndPort.parseAuthority(settings.authority(), -1);
      if (ours == null) {
        throw new IllegalArgumentException("ps.gateway.authority is host or host:port");
      }
      return ours;
    }

    private void require(@Nullable String authority) throws Refused {
      HostAndPort named = authority == null ? null : HostAndPort.parseAuthority(authority, -1);
      if (named == null || named.host().isEmpty()) {
        throw new Refused(GatewayProblem.BAD_REQUEST);
      }
      if (!names.contains(named.host().toLowerCase(Locale.ROOT))) {
        throw new Refused(GatewayProblem.MISDIRECTED);
      }
    }
  }

  /** Of a request that is for us; refuses what is not, and what can be read in two ways. */
  static Target of(HttpServerRequest request, Hosts hosts) throws Refused {
    if (NEVER.contains(request.method())) {
      throw new Refused(GatewayProblem.METHOD);
    }
    if (!KNOWN.contains(request.method())) {
      throw new Refused(GatewayProblem.NOT_IMPLEMENTED);
    }
    String uri = request.uri();
    if (uri == null
        || uri.isEmpty()
        || FOREIGN.matcher(uri).find()
        || BROKEN_ESCAPE.matcher(uri).find()) {
      throw new Refused(GatewayProblem.BAD_REQUEST);
    }
    requireHost(request, hosts);
    Matcher absolute = ABSOLUTE.matcher(uri);
    if (absolute.matches()) {
      hosts.require(absolute.group(1));
      uri = absolute.group(2).startsWith("/") ? absolute.group(2) : "/" + absolute.group(2);
    } else if (!uri.startsWith("/") && !isAsterisk(request)) {
      throw new Refused(GatewayProblem.BAD_REQUEST);
    }
    int query = uri.indexOf('?');
    return new Target(query < 0 ? uri : uri.substring(0, query), uri);
  }

  /** {@code OPTIONS *}, which asks about the server itself. */
  private static boolean isAsterisk(HttpServerRequest request) {
    return request.uri().equals("*") && request.method().equals(HttpMethod.OPTIONS);
  }

  private static void requireHost(HttpServerRequest request, Hosts hosts) throws Refused {
    List<String> named = request.headers().getAll("Host");
    if (request.version() == HttpVersion.HTTP_2) {
      HostAndPort authority = request.authority();
      hosts.require(authority == null ? null : authority.toString());
      return;
    }
    if (named.size() > 1) {
      throw new Refused(GatewayProblem.BAD_REQUEST);
    }
    if (named.isEmpty() && request.version() == HttpVersion.HTTP_1_0) {
      return;
    }
    hosts.require(named.isEmpty() ? null : named.get(0));
  }
}
