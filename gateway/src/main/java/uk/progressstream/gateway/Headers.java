package uk.progressstream.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Which headers pass, in both directions. */
final class Headers {
  private static final String CALLER = "X-Forwarded-For";

  /** W3C Trace Context, 3.2; a trace that nobody keeps unless a service decides to. */
  private static final String TRACE = "traceparent";

  /** Of one connection alone (RFC 9110, 7.6.1); how long a body is, each side says for itself. */
  private static final Set<String> OF_A_CONNECTION =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authentication-info",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "http2-settings");

  /** Whoever sends these wants to be taken for somebody else, or tells what is ours to tell. */
  private static final Pattern NOT_FROM_OUTSIDE =
      Pattern.compile(
          "forwarded|traceparent|tracestate|baggage|x-forwarded.*|x-real-ip|(?:x-|true-|x-cluster-)client-ip|x-original-.*"
              + "|via|host|expect|content-length|x-http-method.*|x-method-override");

  /** What tells of our inside, and what the gateway says itself. */
  private static final Pattern NOT_TO_OUTSIDE =
      Pattern.compile(
          "server|via|forwarded|x-forwarded.*|x-powered-by|alt-svc|access-control-.*"
              + "|strict-transport-security|x-content-type-options");

  private static final int SPAN_ID_LENGTH = 16;

  private Headers() {}

  /** What a service is told of the caller: where the connection comes from, once. */
  static void toService(HttpServerRequest from, MultiMap to, String traceId) {
    copy(from.headers(), to, name -> !NOT_FROM_OUTSIDE.matcher(name).matches());
    to.set(TRACE, "00-" + traceId + "-" + traceId.substring(SPAN_ID_LENGTH) + "-00");
    to.set(CALLER, Caller.network(from.remoteAddress()));
  }

  /** What a client is told. */
  static void toClient(HttpClientResponse from, HttpServerResponse to) {
    copy(
        from.headers(),
        to.headers(),
        name -> !NOT_TO_OUTSIDE.matcher(name).matches() && !name.equals("vary"));
    from.headers().getAll("Vary").forEach(value -> to.headers().add("Vary", value));
    if (!to.headers().contains("Cache-Control")) {
      to.putHeader("Cache-Control", "no-store");
    }
  }

  private static void copy(MultiMap from, MultiMap to, Predicate<String> passes) {
    Set<String> ofThisConnection = new HashSet<>(OF_A_CONNECTION);
    for (String line : from.getAll("Connection")) {
      for (String name : line.split(",", -1)) {
        ofThisConnection.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    for (Map.Entry<String, String> header : from) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (!name.startsWith(":") && !ofThisConnection.contains(name) && passes.test(name)) {
        to.add(name, header.getValue());
      }
    }
  }
}
