package uk.progressstream.gateway;

import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where a request goes: to a service, to what the gateway answers itself, or nowhere. */
final class Reception {
  private static final String DOCUMENT = "/openapi.json";
  private static final String READING = "GET, HEAD, OPTIONS";

  /** Where the next request begins would be a guess. */
  private static final Set<GatewayProblem> NOT_UNDERSTOOD =
      Set.of(GatewayProblem.BAD_REQUEST, GatewayProblem.NOT_IMPLEMENTED);

  private static final int NO_CONTENT = 204;

  private final GatewaySettings settings;
  private final Target.Hosts hosts;
  private final Cors cors;
  private final ApiDocument document;

  Reception(GatewaySettings settings, ApiDocument document) {
    this.settings = settings;
    this.hosts = Target.Hosts.of(settings);
    this.cors = new Cors(settings.appOrigins().orElse(List.of()));
    this.document = document;
  }

  void receive(GatewayContext context, Exchange exchange) {
    HttpServerRequest request = exchange.request();
    mark(request);
    if (request.headers().entries().size() > RequestDecoder.LINES_MAX) {
      exchange.refuse(GatewayProblem.HEADERS_TOO_LARGE);
      return;
    }
    try {
      Target target = Target.of(request, hosts);
      requireKnownCoding(request);
      requireHeaders(request);
      if (target.path().equals("*")) {
        exchange.answer(() -> allow(request.response(), Target.METHODS));
      } else if (DOCUMENT.equals(target.path()) && document.isThere()) {
        if (Cors.isPreflight(request)) {
          cors.answerPreflight(exchange);
        } else if (request.method().equals(HttpMethod.OPTIONS)) {
          exchange.answer(() -> allow(request.response(), READING));
        } else {
          requireReading(request);
          exchange.pass(new OwnAnswer(context, exchange, document));
        }
      } else {
        String service =
            context
                .routes()
                .service(target.path())
                .orElseThrow(() -> new Refused(GatewayProblem.NOT_FOUND));
        if (Cors.isPreflight(request)) {
          cors.answerPreflight(exchange);
        } else {
          exchange.pass(passage(context, exchange, target, service));
        }
      }
    } catch (Refused refused) {
      if (NOT_UNDERSTOOD.contains(refused.problem())) {
        exchange.refuseAndClose(refused.problem());
      } else {
        exchange.refuse(refused.problem());
      }
    }
  }

  /** Refuses what could not be understood as a request at all. */
  void refuse(Exchange exchange, GatewayProblem problem) {
    mark(exchange.request());
    exchange.refuseAndClose(problem);
  }

  private void mark(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    cors.mark(request);
    response.putHeader("X-Content-Type-Options", "nosniff");
    if (settings.hstsSeconds() > 0) {
      response.putHeader("Strict-Transport-Security", "max-age=" + settings.hstsSeconds());
    }
  }

  private static Passage passage(
      GatewayContext context, Exchange exchange, Target target, String service) throws Refused {
    HttpServerRequest request = exchange.request();
    if (isGrpc(request)) {
      throw new Refused(GatewayProblem.NOT_FOR_PEOPLE);
    }
    boolean asks = expectsToBeAsked(request);
    long length = length(request);
    if (length > BodyLimit.of(target.path())) {
      throw new Refused(GatewayProblem.TOO_LARGE);
    }
    return BodyLimit.isUpload(target.path()) && request.method().equals(HttpMethod.POST)
        ? new UploadPassage(context, exchange, target, service, length, asks)
        : new WholePassage(context, exchange, target, service, asks);
  }

  /** RFC 9112, 6.1: a coding that is not known is not guessed at. */
  private static void requireKnownCoding(HttpServerRequest request) throws Refused {
    List<String> codings = request.headers().getAll("Transfer-Encoding");
    if (codings.isEmpty()) {
      return;
    }
    if (request.version() == HttpVersion.HTTP_1_0 || codings.size() > 1) {
      throw new Refused(GatewayProblem.BAD_REQUEST);
    }
    if (!codings.get(0).strip().equalsIgnoreCase("chunked")) {
      throw new Refused(GatewayProblem.NOT_IMPLEMENTED);
    }
  }

  /**
   * HTTP/2 can carry header fields that HTTP/1 cannot express (RFC 9110, 5). Passed on, they could
   * become a different request, or break the one to the service.
   */
  private static void requireHeaders(HttpServerRequest request) throws Refused {
    for (Map.Entry<String, String> header : request.headers()) {
      if (HttpHeaderValidationUtil.validateToken(name(header.getKey())) != -1
          || HttpHeaderValidationUtil.validateValidHeaderValue(header.getValue()) != -1) {
        throw new Refused(GatewayProblem.BAD_REQUEST);
      }
    }
  }

  /** Without the colon of what HTTP/2 puts in place of a request line. */
  private static String name(String key) {
    return key.startsWith(":") ? key.substring(1) : key;
  }

  private static void requireReading(HttpServerRequest request) throws Refused {
    if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
      request.response().putHeader("Allow", READING);
      throw new Refused(GatewayProblem.METHOD);
    }
  }

  /** RFC 9110, 10.1.1; HTTP/1.0 has no expectations, so the header is ignored there. */
  private static boolean expectsToBeAsked(HttpServerRequest request) throws Refused {
    Optional<String> expects =
        request.version() == HttpVersion.HTTP_1_0
            ? Optional.empty()
            : Optional.ofNullable(request.getHeader("Expect"));
    if (expects.isPresent() && !expects.get().strip().equalsIgnoreCase("100-continue")) {
      throw new Refused(GatewayProblem.EXPECTATION);
    }
    return expects.isPresent();
  }

  private static long length(HttpServerRequest request) throws Refused {
    String length = request.getHeader("Content-Length");
    try {
      return length == null ? -1 : Long.parseLong(length.strip());
    } catch (NumberFormatException e) {
      throw new Refused(GatewayProblem.BAD_REQUEST);
    }
  }

  private static boolean isGrpc(HttpServerRequest request) {
    return request.headers().getAll("Content-Type").stream()
        .anyMatch(type -> type.toLowerCase(Locale.ROOT).strip().startsWith("application/grpc"));
  }

  private static Future<Void> allow(HttpServerResponse response, String methods) {
    return response.setStatusCode(NO_CONTENT).putHeader("Allow", methods).end();
  }
}
