package uk.progressstream.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.util.UUID;

/**
 * What the gateway itself has to say (RFC 9457), in the form that the services have.
 *
 * @param status HTTP status
 * @param slug last part of its type
 * @param title for people
 * @param retryAfterSeconds when to try again; 0 for not at all
 */
record GatewayProblem(int status, String slug, String title, int retryAfterSeconds) {
  static final GatewayProblem NOT_FOUND = new GatewayProblem(404, "not-found", "Not found", 0);
  static final GatewayProblem TOO_LARGE = new GatewayProblem(413, "too-large", "Body too large", 0);
  static final GatewayProblem NOT_FOR_PEOPLE =
      new GatewayProblem(415, "unsupported-media-type", "Not served here", 0);
  static final GatewayProblem TOO_OLD =
      new GatewayProblem(505, "http-version", "HTTP/1.1 or newer is needed", 0);
  static final GatewayProblem OVERLOADED = new GatewayProblem(503, "overloaded", "Too busy", 1);
  static final GatewayProblem UNAVAILABLE =
      new GatewayProblem(503, "unavailable", "Not available now", 2);

  void answer(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    response.setStatusCode(status).putHeader("Content-Type", "application/problem+json");
    if (retryAfterSeconds > 0) {
      response.putHeader("Retry-After", Integer.toString(retryAfterSeconds));
    }
    response.end(body());
  }

  ProxyResponse answer(ProxyRequest request) {
    ProxyResponse response =
        request
            .release()
            .response()
            .setStatusCode(status)
            .putHeader("Content-Type", "application/problem+json")
            .setBody(Body.body(body()));
    if (retryAfterSeconds > 0) {
      response.putHeader("Retry-After", Integer.toString(retryAfterSeconds));
    }
    return response;
  }

  private Buffer body() {
    return new JsonObject()
        .put("type", "urn:progress-stream:problem:" + slug)
        .put("title", title)
        .put("status", status)
        .put("detail", title)
        .put("traceId", UUID.randomUUID().toString().replace("-", ""))
        .toBuffer();
  }
}
