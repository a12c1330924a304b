package uk.progressstream.platform.peer;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Locale;
import org.jboss.logging.Logger;

/**
 * Decides by path and protocol who gets any further. The path of a gRPC method is for services,
 * over HTTP/2; the method itself names which. Every other path is the gateway's, but for the few
 * that are open to all. No header that a caller chooses opens anything.
 */
@ApplicationScoped
public class PeerGate {
  private static final int BEFORE_EVERYTHING = 1000;
  private static final int FORBIDDEN = 403;
  private static final int UNSUPPORTED_MEDIA_TYPE = 415;

  private static final Logger LOG = Logger.getLogger(PeerGate.class);

  private final GrpcMethods methods;
  private final String gateway;
  private final List<String> openPaths;

  PeerGate(GrpcMethods methods, PeerConfig config) {
    this.methods = methods;
    this.gateway = config.gateway();
    this.openPaths = config.openPaths().orElse(List.of());
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, BEFORE_EVERYTHING);
  }

  private void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (methods.has(request.path())) {
      pass(context, isGrpc(request) && !fromGateway(request), FORBIDDEN);
    } else if (openPaths.contains(request.path()) || fromGateway(request)) {
      pass(context, !wouldBeTakenForGrpc(request), UNSUPPORTED_MEDIA_TYPE);
    } else {
      pass(context, false, FORBIDDEN);
    }
  }

  /** Whose certificate asks for what is not its own is somebody to look for. */
  private static void pass(RoutingContext context, boolean allowed, int orElse) {
    if (allowed) {
      context.next();
    } else {
      LOG.warnf(
          "peer %s was refused with %d", PeerName.of(context.request()).orElse("unknown"), orElse);
      context.response().setStatusCode(orElse).end();
    }
  }

  private static boolean isGrpc(HttpServerRequest request) {
    return request.version() == HttpVersion.HTTP_2 && request.method() == HttpMethod.POST;
  }

  /** Over HTTP/2 the framework hands whatever has this media type to its gRPC server. */
  private static boolean wouldBeTakenForGrpc(HttpServerRequest request) {
    return request.version() == HttpVersion.HTTP_2
        && request.headers().getAll("content-type").stream()
            .anyMatch(type -> type.toLowerCase(Locale.ROOT).startsWith("application/grpc"));
  }

  private boolean fromGateway(HttpServerRequest request) {
    return PeerName.of(request).filter(gateway::equals).isPresent();
  }
}
