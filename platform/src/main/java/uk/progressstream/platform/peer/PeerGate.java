package uk.progressstream.platform.peer;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * Lets only the gateway in on REST paths: a service's certificate opens gRPC methods that name it,
 * and nothing else. gRPC is not for this gate; there each method names its peers.
 */
@ApplicationScoped
public class PeerGate {
  private static final int BEFORE_EVERYTHING = 1000;

  private final String gateway;
  private final List<String> openPaths;

  PeerGate(PeerConfig config) {
    this.gateway = config.gateway();
    this.openPaths = config.openPaths().orElse(List.of());
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, BEFORE_EVERYTHING);
  }

  private void check(RoutingContext context) {
    String contentType = context.request().getHeader("content-type");
    boolean grpc = contentType != null && contentType.startsWith("application/grpc");
    if (grpc || openPaths.contains(context.normalizedPath()) || fromGateway(context)) {
      context.next();
    } else {
      context.response().setStatusCode(403).end();
    }
  }

  private boolean fromGateway(RoutingContext context) {
    return PeerName.of(context.request()).filter(gateway::equals).isPresent();
  }
}
