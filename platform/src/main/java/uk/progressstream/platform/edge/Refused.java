package uk.progressstream.platform.edge;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import uk.progressstream.platform.problem.Problem;
import uk.progressstream.platform.problem.ProblemBody;
import uk.progressstream.platform.problem.ProblemMapper;

/** An answer to a request whose body nobody reads, before any resource sees it. */
public final class Refused {
  /** How much of a body is heard out: senders that are cut off never see the answer. */
  private static final long HEARD_OUT_BYTES_MAX = 8L << 20;

  private Refused() {}

  /** Answers at once, and hears the sender out. */
  public static void answer(RoutingContext context, Problem problem, Map<String, String> headers) {
    HttpServerResponse response = context.response();
    ProblemMapper.count(problem);
    headers.forEach(response::putHeader);
    if (problem.retryAfterSeconds() > 0) {
      response.putHeader("Retry-After", Integer.toString(problem.retryAfterSeconds()));
    }
    response
        .setStatusCode(problem.status())
        .putHeader("Content-Type", ProblemBody.MEDIA_TYPE)
        .end(Json.encodeToBuffer(ProblemBody.of(problem)));
  }

  /**
   * Reads on where an answer came before the end of the body, whoever answered: many clients take
   * that for a broken connection, and never show the answer. A sender that never stops is
   * disconnected. Slow senders are not timed here; the gateway does that.
   */
  static void hearOut(HttpServerRequest request) {
    if (request.isEnded()) {
      return;
    }
    long[] bytes = {0};
    request.handler(
        buffer -> {
          bytes[0] += buffer.length();
          if (bytes[0] > HEARD_OUT_BYTES_MAX) {
            request.connection().close();
          }
        });
    request.resume();
  }
}
