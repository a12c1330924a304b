package uk.progressstream.platform.access;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import uk.progressstream.platform.edge.Refused;
import uk.progressstream.platform.problem.Problem;

/**
 * Looks at the access token of each request before anything else does. One whose key identity does
 * not publish, or several at once, are none: the request goes on as nobody's, and what asks for a
 * caller answers 401.
 */
@ApplicationScoped
public class TokenGate {
  /** Behind the edge, which refuses by the head alone and asks nobody. */
  private static final int AFTER_THE_EDGE = 800;

  private static final int RETRY_AFTER_SECONDS = 5;
  private static final String BEARER = "bearer ";

  private static final Logger LOG = Logger.getLogger(TokenGate.class);

  private final PublishedKeys keys;

  TokenGate(PublishedKeys keys) {
    this.keys = keys;
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, AFTER_THE_EDGE);
  }

  private void check(RoutingContext context) {
    MultiMap headers = context.request().headers();
    List<String> credentials = headers.getAll(HttpHeaderNames.AUTHORIZATION);
    if (credentials.isEmpty()) {
      context.next();
    } else if (credentials.size() > 1) {
      goOnAsNobody(context);
    } else {
      bearer(credentials.get(0))
          .ifPresentOrElse(token -> check(context, token), () -> goOnAsNobody(context));
    }
  }

  private void check(RoutingContext context, String token) {
    if (keys.isKnown(token)) {
      context.next();
      return;
    }
    context.request().pause();
    keys.admit(token)
        .subscribe()
        .with(admitted -> resume(context, context::next), failure -> refuse(context, failure));
  }

  private static void refuse(RoutingContext context, Throwable failure) {
    if (failure instanceof AuthenticationFailedException) {
      resume(context, () -> goOnAsNobody(context));
    } else {
      LOG.warnf("identity does not say which keys it signs with: %s", failure);
      Problem problem = Problem.unavailable(RETRY_AFTER_SECONDS);
      resume(context, () -> Refused.answer(context, problem, Map.of()));
    }
  }

  private static void resume(RoutingContext context, Runnable next) {
    if (!context.response().closed()) {
      context.request().resume();
      next.run();
    }
  }

  private static void goOnAsNobody(RoutingContext context) {
    context.request().headers().remove(HttpHeaderNames.AUTHORIZATION);
    context.next();
  }

  /** The scheme's name has no case (RFC 9110, section 11.1). */
  private static Optional<String> bearer(String credentials) {
    return credentials.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? Optional.of(credentials.substring(BEARER.length()).strip())
        : Optional.empty();
  }
}
