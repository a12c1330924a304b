package uk.progressstream.local.gateway;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.util.List;
import java.util.Set;

/**
 * Bodies that are too large are refused; a service that does not answer is a 503 problem. The
 * service is told our own address, so that the links that it makes lead back here.
 */
final class Limits implements ProxyInterceptor {
  /** Whoever sends these wants to be taken for somebody else; the services trust none of them. */
  private static final List<String> NOT_FROM_OUTSIDE =
      List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP");

  private static final Set<HttpMethod> WITH_BODY =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

  private final HostAndPort ourAddress;

  Limits(HostAndPort ourAddress) {
    this.ourAddress = ourAddress;
  }

  @Override
  public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
    ProxyRequest request = context.request();
    NOT_FROM_OUTSIDE.forEach(request.headers()::remove);
    request.setAuthority(ourAddress);
    long bytesMax = BodyLimit.of(request.proxiedRequest().path());
    Body body = request.getBody();
    if (body != null && body.length() > bytesMax) {
      return Future.succeededFuture(GatewayProblem.TOO_LARGE.answer(request));
    }
    CountedBody counted = body == null ? null : new CountedBody(body.stream(), bytesMax);
    if (body != null && counted != null) {
      request.setBody(body.length() < 0 ? Body.body(counted) : Body.body(counted, body.length()));
      sayThatItIsAStream(request.proxiedRequest(), body);
    }
    return context
        .sendRequest()
        .recover(
            failure -> {
              boolean over = counted != null && counted.isOver();
              GatewayProblem problem = over ? GatewayProblem.TOO_LARGE : GatewayProblem.UNAVAILABLE;
              return Future.succeededFuture(problem.answer(request));
            });
  }

  /**
   * A body of HTTP/2 needs no word on its length; passed on by HTTP/1.1 it has to be chunked, which
   * the proxy does only for a request that says so.
   */
  private static void sayThatItIsAStream(HttpServerRequest request, Body body) {
    if (body.length() < 0
        && request.version() == HttpVersion.HTTP_2
        && WITH_BODY.contains(request.method())) {
      request.headers().set(HttpHeaders.TRANSFER_ENCODING, "chunked");
    }
  }
}
