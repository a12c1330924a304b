package uk.progressstream.platform.edge;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import uk.progressstream.platform.problem.EarlyAnswer;
import uk.progressstream.platform.problem.Problem;

/** An answer to a request whose body nobody reads. */
final class Refused {
  /** How much of a body is heard out: senders that are cut off never see the answer. */
  private static final long HEARD_OUT_BYTES_MAX = 8L << 20;

  private Refused() {}

  /** Answers at once, and hears the sender out. */
  static void answer(RoutingContext context, Problem problem, Map<String, String> headers) {
    EarlyAnswer.send(context.response(), problem, headers);
    hearOut(context.request());
  }

  private static void hearOut(HttpServerRequest request) {
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
