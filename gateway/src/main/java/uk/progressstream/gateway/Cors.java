package uk.progressstream.gateway;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Set;

/**
 * Which apps in browsers may call (Fetch standard, CORS protocol). Exact origins; no cookies, so no
 * credentials: a token is a header like any other. Services have no say in it.
 */
final class Cors {
  private static final String ALLOWED_HEADERS =
      "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID";
  private static final String EXPOSED_HEADERS = "Audit-Record, ETag, Location, Retry-After";
  private static final String MAX_AGE_SECONDS = "600";

  private final Set<String> origins;

  Cors(List<String> origins) {
    this.origins = Set.copyOf(origins);
  }

  /** Tells a browser whether its page may read the answer. */
  void mark(HttpServerRequest request) {
    if (origins.isEmpty()) {
      return;
    }
    HttpServerResponse response = request.response().putHeader("Vary", "Origin");
    if (isFromApp(request)) {
      response
          .putHeader("Access-Control-Allow-Origin", request.getHeader("Origin"))
          .putHeader("Access-Control-Expose-Headers", EXPOSED_HEADERS);
    }
  }

  /** Whether a browser asks beforehand; no service hears of it. */
  static boolean isPreflight(HttpServerRequest request) {
    return request.method().equals(HttpMethod.OPTIONS)
        && request.headers().contains("Origin")
        && request.headers().contains("Access-Control-Request-Method");
  }

  void answerPreflight(Exchange exchange) {
    if (isFromApp(exchange.request())) {
      exchange.answer(() -> allow(exchange.response()));
    } else {
      exchange.refuse(GatewayProblem.ORIGIN);
    }
  }

  private static Future<Void> allow(HttpServerResponse response) {
    return response
        .setStatusCode(204)
        .putHeader("Access-Control-Allow-Methods", Target.METHODS)
        .putHeader("Access-Control-Allow-Headers", ALLOWED_HEADERS)
        .putHeader("Access-Control-Max-Age", MAX_AGE_SECONDS)
        .end();
  }

  private boolean isFromApp(HttpServerRequest request) {
    List<String> named = request.headers().getAll("Origin");
    return named.size() == 1 && origins.contains(named.get(0));
  }
}
