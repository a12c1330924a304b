package uk.progressstream.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/**
 * What the gateway itself has to say (RFC 9457), in the form that the services have.
 *
 * @param status HTTP status
 * @param slug last part of its type
 * @param title for people
 * @param retryAfterSeconds when to try again; 0 for not at all
 */
record GatewayProblem(int status, String slug, String title, int retryAfterSeconds) {
  static final GatewayProblem BAD_REQUEST =
      new GatewayProblem(400, "bad-request", "Not a valid HTTP request", 0);
  static final GatewayProblem ORIGIN =
      new GatewayProblem(
          403, "origin-not-allowed", "This origin may not call the API from a browser", 0);
  static final GatewayProblem NOT_FOUND = new GatewayProblem(404, "not-found", "Not found", 0);
  static final GatewayProblem METHOD =
      new GatewayProblem(405, "method-not-allowed", "Method not allowed", 0);
  static final GatewayProblem TOO_SLOW =
      new GatewayProblem(408, "request-timeout", "The request came too slowly", 0);
  static final GatewayProblem TOO_LARGE = new GatewayProblem(413, "too-large", "Body too large", 0);
  static final GatewayProblem URI_TOO_LONG =
      new GatewayProblem(414, "uri-too-long", "Address too long", 0);
  static final GatewayProblem NOT_FOR_PEOPLE =
      new GatewayProblem(415, "unsupported-media-type", "Not served here", 0);
  static final GatewayProblem EXPECTATION =
      new GatewayProblem(
          417, "expectation-failed", "The only supported expectation is 100-continue", 0);
  static final GatewayProblem MISDIRECTED =
      new GatewayProblem(421, "misdirected-request", "Meant for another host", 0);
  static final GatewayProblem TOO_MANY =
      new GatewayProblem(429, "too-many-requests", "Too many at once from here", 2);
  static final GatewayProblem HEADERS_TOO_LARGE =
      new GatewayProblem(431, "headers-too-large", "Headers too large", 0);
  static final GatewayProblem NOT_IMPLEMENTED =
      new GatewayProblem(501, "not-implemented", "Method or coding not known", 0);
  static final GatewayProblem OVERLOADED = new GatewayProblem(503, "overloaded", "Too busy", 1);
  static final GatewayProblem UNAVAILABLE =
      new GatewayProblem(503, "unavailable", "Not available now", 2);
  static final GatewayProblem NO_ANSWER =
      new GatewayProblem(504, "no-answer", "No answer in time", 2);
  static final GatewayProblem TOO_OLD =
      new GatewayProblem(505, "http-version", "HTTP/1.1 or newer is needed", 0);

  /**
   * Answers with it; what a browser may know of it is in the headers already.
   *
   * @param traceId the request's
   */
  void answer(HttpServerResponse response, String traceId) {
    response.setStatusCode(status).putHeader("Content-Type", "application/problem+json");
    response.putHeader("Cache-Control", "no-store");
    if (retryAfterSeconds > 0) {
      response.putHeader("Retry-After", Integer.toString(retryAfterSeconds));
    }
    if (status == METHOD.status() && !response.headers().contains("Allow")) {
      response.putHeader("Allow", Target.METHODS);
    }
    response.end(body(traceId));
  }

  private Buffer body(String traceId) {
    return new JsonObject()
        .put("type", "urn:progress-stream:problem:" + slug)
        .put("title", title)
        .put("status", status)
        .put("detail", title)
        .put("traceId", traceId)
        .toBuffer();
  }
}
