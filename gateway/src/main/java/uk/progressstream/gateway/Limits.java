package uk.progressstream.gateway;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Bodies that are too large are refused; a service that does not answer is a 503 problem. The
 * service is told who called, by us and by nobody else.
 */
final class Limits implements ProxyInterceptor {
  private static final String CALLER = "X-Forwarded-For";

  /** Whoever sends these wants to be taken for somebody else. */
  private static final Pattern NOT_FROM_OUTSIDE =
      Pattern.compile(
          "(?i)forwarded|x-forwarded.*|x-real-ip|(?:x-|true-|x-cluster-)client-ip|x-original-.*");

  private static final Set<HttpMethod> WITH_BODY =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

  @Override
  public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
    ProxyRequest request = context.request();
    sayWhoCalled(request);
    request.setAuthority(request.proxiedRequest().authority());
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
   * One address without a port, that of the connection: what it is limited by must not be chosen.
   */
  private static void sayWhoCalled(ProxyRequest request) {
    for (String name : Set.copyOf(request.headers().names())) {
      if (NOT_FROM_OUTSIDE.matcher(name).matches()) {
        request.headers().remove(name);
      }
    }
    SocketAddress caller = request.proxiedRequest().remoteAddress();
    request.putHeader(CALLER, caller.hostAddress().replaceFirst("%.*", ""));
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
