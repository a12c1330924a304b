package uk.progressstream.gateway;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyOptions;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Takes requests of people over TLS 1.3 and passes them on over mutual TLS; streams both ways. It
 * looks at paths and sizes, never at tokens or bodies: who may do what is for the services.
 */
final class Gateway extends AbstractVerticle {
  private static final Set<String> PROTOCOLS = Set.of("TLSv1.3");
  private static final int HEADER_BYTES_MAX = 32 * 1024;
  private static final int IDLE_SECONDS_MAX = 300;
  private static final int CONNECT_MS_MAX = 2000;

  private final GatewaySettings settings;
  private final DoorTls tls;
  private final HostAndPort ourAddress;
  private final Routes routes;
  private final Admission admission = new Admission();

  Gateway(GatewaySettings settings, DoorTls tls) {
    this.settings = settings;
    this.tls = tls;
    this.ourAddress = HostAndPort.parseAuthority(settings.authority(), -1);
    this.routes = Routes.of(settings.services());
  }

  @Override
  public void start(Promise<Void> started) {
    HttpProxy proxy =
        HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client());
    proxy.originSelector(
        request -> Future.succeededFuture(origin(routes.service(request.path()).orElseThrow())));
    proxy.addInterceptor(new Limits());
    vertx
        .createHttpServer(serverOptions())
        .requestHandler(request -> handle(request, proxy))
        .listen(settings.port(), settings.host())
        .<Void>mapEmpty()
        .onComplete(started);
  }

  private void handle(HttpServerRequest request, HttpProxy proxy) {
    if (request.version() == HttpVersion.HTTP_1_0) {
      // It knows no chunks: an answer without a length would pile up here before it could leave.
      GatewayProblem.TOO_OLD.answer(request);
      return;
    }
    Optional<String> service = routes.service(request.path());
    if (service.isEmpty()) {
      GatewayProblem.NOT_FOUND.answer(request);
      return;
    }
    if (isGrpc(request)) {
      GatewayProblem.NOT_FOR_PEOPLE.answer(request);
      return;
    }
    if (!admission.enter(service.get())) {
      GatewayProblem.OVERLOADED.answer(request);
      return;
    }
    Handler<Void> leave = once(() -> admission.leave(service.get()));
    request
        .response()
        .putHeader("X-Content-Type-Options", "nosniff")
        .endHandler(leave)
        .closeHandler(leave);
    proxy.handle(new AddressedToUs(request, ourAddress));
  }

  private static Handler<Void> once(Runnable action) {
    boolean[] done = {false};
    return ignored -> {
      if (!done[0]) {
        done[0] = true;
        action.run();
      }
    };
  }

  private static boolean isGrpc(HttpServerRequest request) {
    return request.headers().getAll("Content-Type").stream()
        .anyMatch(type -> type.toLowerCase(Locale.ROOT).startsWith("application/grpc"));
  }

  private SocketAddress origin(String service) {
    HostAndPort address = routes.address(service);
    return SocketAddress.inetSocketAddress(address.port(), address.host());
  }

  private HttpServerOptions serverOptions() {
    HttpServerOptions options = new HttpServerOptions();
    options.getInitialSettings().setMaxHeaderListSize(HEADER_BYTES_MAX);
    return options
        .setSsl(true)
        .setUseAlpn(true)
        .setEnabledSecureTransportProtocols(PROTOCOLS)
        .setKeyCertOptions(tls.shown())
        .setMaxHeaderSize(HEADER_BYTES_MAX)
        .setIdleTimeout(IDLE_SECONDS_MAX)
        .setCompressionSupported(false);
  }

  private HttpClient client() {
    HttpClientOptions options =
        new HttpClientOptions()
            .setSsl(true)
            .setVerifyHost(true)
            .setEnabledSecureTransportProtocols(PROTOCOLS)
            .setKeyCertOptions(tls.own())
            .setTrustOptions(tls.services())
            .setConnectTimeout(CONNECT_MS_MAX)
            .setMaxHeaderSize(HEADER_BYTES_MAX)
            .setKeepAliveTimeout(IDLE_SECONDS_MAX)
            .setDecompressionSupported(false);
    PoolOptions pool = new PoolOptions().setHttp1MaxSize(Admission.PER_SERVICE_MAX);
    return vertx.createHttpClient(options, pool);
  }
}
