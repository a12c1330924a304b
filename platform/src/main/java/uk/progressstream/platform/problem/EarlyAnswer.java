package uk.progressstream.platform.problem;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.Json;
import java.util.Map;

/** An answer that is given before any resource sees the request. */
public final class EarlyAnswer {
  private EarlyAnswer() {}

  /**
   * Tells a problem.
   *
   * @param headers that its status asks for, beside the time to try again
   */
  public static void send(
      HttpServerResponse response, Problem problem, Map<String, String> headers) {
    ProblemCount.one(problem);
    headers.forEach(response::putHeader);
    if (problem.retryAfterSeconds() > 0) {
      response.putHeader("Retry-After", Integer.toString(problem.retryAfterSeconds()));
    }
    response
        .setStatusCode(problem.status())
        .putHeader("Content-Type", ProblemBody.MEDIA_TYPE)
        .end(Json.encodeToBuffer(ProblemBody.of(problem)));
  }
}
