package uk.progressstream.platform.edge;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import uk.progressstream.platform.problem.Problem;

/**
 * Refuses what no route takes by its head alone, before a token is looked at or a byte of a body is
 * read: unknown methods and expectations, bodies of another type, in a coding or over the limit,
 * types that are not served, and addresses that can't be read. What it lets through has one media
 * type that the route takes and asks for one that it gives.
 */
@ApplicationScoped
public class Edge implements HttpServerOptionsCustomizer {
  /** After the peer was looked at, before its token is. */
  private static final int ORDER = 900;

  private static final int SEND_BYTES = 64 * 1024;

  private static final Pattern NUL = Pattern.compile("%00");

  /** The replacement character, which invalid UTF-8 is decoded to. */
  private static final char NOT_UTF_8 = '\uFFFD';

  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
  private static final String CONTENT_TYPE = "Content-Type";

  private static final Problem BAD_ADDRESS =
      Problem.badRequest(
          "bad-address", "Address not understood", "Encode path and query as RFC 3986 has it.");

  private final Routes routes;
  private final long bodyBytesMax;

  Edge(Routes routes, @ConfigProperty(name = "edge.body-max") MemorySize bytesMax) {
    this.routes = routes;
    this.bodyBytesMax = bytesMax.asLongValue();
  }

  /**
   * Bytes in the kernel's send buffer count as sent and still reach the client after access has
   * ended, so the buffer is kept small. Clients of HTTP/1.0 that offer it by ALPN are served.
   */
  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    options.setSendBufferSize(SEND_BYTES);
    options.setAlpnVersions(
        List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1, HttpVersion.HTTP_1_0));
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, ORDER);
  }

  private void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    context.addEndHandler(answered -> Refused.hearOut(request));
    List<Route> here = routes.at(path(request));
    if (here.isEmpty()) {
      context.next();
      return;
    }
    try {
      if (request.method().name().equals("OPTIONS")) {
        context.response().setStatusCode(204).putHeader("Allow", Routes.allowed(here)).end();
        return;
      }
      check(request, here);
    } catch (Refusal refused) {
      Refused.answer(context, refused.problem, refused.headers);
      return;
    }
    context.next();
  }

  private void check(HttpServerRequest request, List<Route> here) {
    String method = request.method().name().equals("HEAD") ? "GET" : request.method().name();
    List<Route> routes = here.stream().filter(route -> route.method().equals(method)).toList();
    if (routes.isEmpty()) {
      throw refused(
              405,
              "method-not-allowed",
              "Method not allowed",
              "The Allow header lists the methods of this path.")
          .with("Allow", Routes.allowed(here));
    }
    checkExpectation(request.headers());
    checkAddress(request, routes.get(0));
    checkBody(request, routes.get(0));
    negotiate(request, routes);
  }

  private static String path(HttpServerRequest request) {
    return Objects.requireNonNullElse(request.path(), "");
  }

  private static void checkExpectation(MultiMap headers) {
    for (String expected : headers.getAll("Expect")) {
      if (!expected.strip().equalsIgnoreCase("100-continue")) {
        throw refused(
            417,
            "expectation-failed",
            "Expectation failed",
            "The only supported expectation is 100-continue.");
      }
    }
  }

  /**
   * An address must not contain NUL, and a query has only parameters of the route, each with
   * exactly one value of its type. A misspelt or empty filter would be ignored and return
   * everything; of two values only one would be used, so a dry run could become a real one.
   */
  private static void checkAddress(HttpServerRequest request, Route route) {
    if (NUL.matcher(request.uri()).find()) {
      throw new Refusal(BAD_ADDRESS, Map.of());
    }
    requireKnown(request.params().names(), route.queried());
    for (Route.Queried parameter : route.queried()) {
      String name = parameter.name();
      List<String> values = request.params().getAll(name);
      requireValue(name, values);
      requireOne(name, values);
      if (values.stream().anyMatch(value -> value.indexOf(NOT_UTF_8) >= 0)) {
        throw new Refusal(BAD_ADDRESS, Map.of());
      }
      values.stream()
          .flatMap(value -> parameter.wanted(value).stream())
          .findFirst()
          .ifPresent(
              wanted -> {
                throw refused(400, "bad-value", "Parameter not understood", wanted);
              });
    }
    List<String> keys = request.headers().getAll(IDEMPOTENCY_KEY);
    requireValue(IDEMPOTENCY_KEY, keys);
    requireOne(IDEMPOTENCY_KEY, keys);
  }

  private static void requireKnown(Set<String> sent, List<Route.Queried> known) {
    for (String name : sent) {
      if (known.stream().noneMatch(parameter -> parameter.name().equalsIgnoreCase(name))) {
        throw refused(
            400,
            "unknown-parameter",
            "Unknown parameter",
            known.isEmpty()
                ? "This takes no parameters in the query."
                : "The query takes "
                    + known.stream().map(Route.Queried::name).collect(Collectors.joining(", "))
                    + " and nothing else.");
      }
    }
  }

  private static void requireValue(String name, List<String> values) {
    if (values.stream().anyMatch(String::isBlank)) {
      throw refused(400, "no-value", "Parameter without a value", "Give " + name + " a value.");
    }
  }

  private static void requireOne(String name, List<String> values) {
    if (values.size() > 1) {
      throw refused(400, "given-twice", "Given twice", "Give one " + name + ".");
    }
  }

  private void checkBody(HttpServerRequest request, Route route) {
    if (route.consumes().isEmpty()) {
      return;
    }
    MultiMap headers = request.headers();
    checkCoding(headers);
    List<String> types = headers.getAll(CONTENT_TYPE);
    if (types.size() > 1) {
      throw refused(400, "content-type-twice", "Content-Type twice", "Send one Content-Type.");
    }
    Optional<String> type = types.stream().findFirst().flatMap(MediaRange::contentType);
    if (type.filter(route.consumes()::contains).isEmpty()) {
      throw refused(
              415,
              "unsupported-media-type",
              "Media type not accepted",
              "Send a body of Content-Type " + String.join(" or ", route.consumes()) + ".")
          .with("Accept", String.join(", ", route.consumes()));
    }
    long bytes = bytes(headers);
    if (!route.streamed() && bytes > bodyBytesMax) {
      throw new Refusal(Problem.tooLarge("Send less at once."), Map.of());
    }
  }

  /** A coded body would be read as if it were none. */
  private static void checkCoding(MultiMap headers) {
    for (String coding : headers.getAll("Content-Encoding")) {
      if (!coding.strip().toLowerCase(Locale.ROOT).equals("identity")) {
        throw refused(
                415,
                "unsupported-coding",
                "Coding not accepted",
                "Send the body as it is, without Content-Encoding.")
            .with("Accept-Encoding", "identity");
      }
    }
  }

  private static long bytes(MultiMap headers) {
    String length = headers.get("Content-Length");
    try {
      return length == null ? -1 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      throw refused(400, "bad-length", "Length not understood", "Content-Length is a number.");
    }
  }

  /**
   * Leaves one type to be asked for, so that it is all that can be answered, and so that the head
   * alone can tell which it is.
   */
  private static void negotiate(HttpServerRequest request, List<Route> routes) {
    List<MediaRange> accepted = MediaRange.of(request.headers().getAll("Accept"));
    List<String> offered = offered(routes);
    if (offered.isEmpty()) {
      request.headers().remove("Accept");
      return;
    }
    if (accepted.isEmpty()) {
      request.headers().set("Accept", offered.get(0));
      return;
    }
    String best =
        MediaRange.best(accepted, offered)
            .orElseThrow(
                () ->
                    refused(
                        406,
                        "not-acceptable",
                        "Not acceptable",
                        "None of the types in Accept is available; this is served as "
                            + String.join(", ", offered)
                            + "."));
    request.headers().set("Accept", best);
  }

  private static List<String> offered(List<Route> routes) {
    return routes.stream()
        .flatMap(route -> route.produces().stream())
        .sorted(Comparator.comparing(Route::isSecondChoice))
        .map(type -> type.split(";", 2)[0].strip())
        .toList();
  }

  private static Refusal refused(int status, String slug, String title, String detail) {
    return new Refusal(new Problem(status, slug, title, detail), Map.of());
  }

  /** Ends the checks. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient Map<String, String> headers;

    Refusal(Problem problem, Map<String, String> headers) {
      super(problem.detail(), null, false, false);
      this.problem = problem;
      this.headers = headers;
    }

    Refusal with(String name, String value) {
      return new Refusal(problem, Map.of(name, value));
    }
  }
}
