package uk.progressstream.gateway;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/**
 * What the gateway itself has to say (RFC 9457), in the form that the services have.
 *
 * @param status HTTP status
 * @param slug last part of its type
 * @param title for people; the same wherever this type is answered
 * @param detail what to do about it
 * @param retryAfterSeconds when to try again; 0 for not at all
 */
record GatewayProblem(int status, String slug, String title, String detail, int retryAfterSeconds) {
  static final GatewayProblem BAD_REQUEST =
      new GatewayProblem(
          400,
          "bad-request",
          "Bad request",
          "This is not a valid HTTP request (RFC 9110, RFC 9112).",
          0);
  static final GatewayProblem ORIGIN =
      new GatewayProblem(
          403,
          "origin-not-allowed",
          "Origin not allowed",
          "Pages of this origin may not call the API; the service's operators decide which may.",
          0);
  static final GatewayProblem NOT_FOUND =
      new GatewayProblem(404, "not-found", "Not found", "There is no service at this path.", 0);
  static final GatewayProblem METHOD =
      new GatewayProblem(
          405,
          "method-not-allowed",
          "Method not allowed",
          "The Allow header lists the methods that are known.",
          0);
  static final GatewayProblem TOO_SLOW =
      new GatewayProblem(
          408,
          "request-timeout",
          "Too slow",
          "The request did not come in time. Send it again, over a faster connection.",
          0);
  static final GatewayProblem TOO_LARGE =
      new GatewayProblem(413, "too-large", "Body too large", "Send less at once.", 0);
  static final GatewayProblem URI_TOO_LONG =
      new GatewayProblem(
          414,
          "uri-too-long",
          "Address too long",
          "Shorten the path and the query to less than 8 KiB.",
          0);
  static final GatewayProblem NOT_FOR_PEOPLE =
      new GatewayProblem(
          415,
          "unsupported-media-type",
          "Not served here",
          "gRPC is not served here; use the HTTP API.",
          0);
  static final GatewayProblem EXPECTATION =
      new GatewayProblem(
          417,
          "expectation-failed",
          "Expectation failed",
          "The only supported expectation is 100-continue.",
          0);
  static final GatewayProblem MISDIRECTED =
      new GatewayProblem(
          421,
          "misdirected-request",
          "Meant for another host",
          "Host names another host than this one.",
          0);
  static final GatewayProblem TOO_MANY =
      new GatewayProblem(
          429,
          "too-many-requests",
          "Too many requests",
          "Fewer requests and connections at the same time, please; Retry-After says when to try again.",
          2);
  static final GatewayProblem HEADERS_TOO_LARGE =
      new GatewayProblem(
          431,
          "headers-too-large",
          "Headers too large",
          "Headers have at most 32 KiB and 100 lines.",
          0);
  static final GatewayProblem NOT_IMPLEMENTED =
      new GatewayProblem(
          501,
          "not-implemented",
          "Not implemented",
          "The method, or the Transfer-Encoding, is not known.",
          0);
  static final GatewayProblem OVERLOADED =
      new GatewayProblem(
          503,
          "overloaded",
          "Too busy",
          "There are too many requests at the moment; Retry-After says when to try again.",
          1);
  static final GatewayProblem UNAVAILABLE =
      new GatewayProblem(
          503,
          "unavailable",
          "Temporarily unavailable",
          "The service does not answer; Retry-After says when to try again.",
          2);
  static final GatewayProblem NO_ANSWER =
      new GatewayProblem(
          504,
          "no-answer",
          "No answer in time",
          "The service took too long; what was asked for may have been done or not.",
          2);
  static final GatewayProblem TOO_OLD =
      new GatewayProblem(
          505, "http-version", "HTTP version not supported", "Use HTTP/1.1 or HTTP/2.", 0);

  /**
   * Answers with it; what a browser may know of it is in the headers already.
   *
   * @param traceId the request's
   * @return completes once the client has it
   */
  Future<Void> answer(HttpServerResponse response, String traceId) {
    response.setStatusCode(status).putHeader("Content-Type", "application/problem+json");
    response.putHeader("Cache-Control", "no-store");
    if (retryAfterSeconds > 0) {
      response.putHeader("Retry-After", Integer.toString(retryAfterSeconds));
    }
    if (status == METHOD.status() && !response.headers().contains("Allow")) {
      response.putHeader("Allow", Target.METHODS);
    }
    return response.end(body(traceId));
  }

  private Buffer body(String traceId) {
    return new JsonObject()
        .put("type", "urn:progress-stream:problem:" + slug)
        .put("title", title)
        .put("status", status)
        .put("detail", detail)
        .put("traceId", traceId)
        .toBuffer();
  }
}
