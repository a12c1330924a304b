package uk.progressstream.gateway;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a request while no service works on it: its head, and its body as it comes. All
 * of it counts, except that an address with few of such requests has enough free of charge to sign
 * in, whatever others send.
 */
final class Kept {
  /** Bytes of each body that are not counted for an address with few requests. */
  static final int FREE_BYTES = 8 * 1024;

  /** The same for a head: room for a token with 200 classes and for a browser's usual headers. */
  private static final int FREE_HEAD_BYTES = 28 * 1024;

  /** What a line of a head costs beside its characters. */
  private static final int LINE_BYTES = 128;

  /** Requests of an address whose heads and first bytes do not count. */
  private static final int FEW = 16;

  /** The same limit for all addresses together. */
  private static final int FEW_OF_ALL = 1024;

  private final GatewayContext context;
  private final String address;
  private final Places.Place bytes;
  private Places.@Nullable Place unfinished;
  private int freeBytes;
  private int bodyBytes;

  Kept(GatewayContext context, String address) {
    this.context = context;
    this.address = address;
    this.bytes = context.places().none(context.bodyBytes(address));
  }

  /** Counts the head; returns the problem if there is no room for it. */
  Optional<GatewayProblem> head(HttpServerRequest request) {
    List<Places.Share> shares = context.unfinished(address);
    unfinished = context.places().take(shares);
    if (unfinished == null) {
      return Optional.of(GatewayProblem.TOO_MANY);
    }
    boolean few =
        context.places().taken(shares.get(0).name()) <= FEW
            && context.places().taken(shares.get(1).name()) <= FEW_OF_ALL;
    freeBytes = few ? FREE_BYTES : 0;
    return grow(Math.max(0, headBytes(request) - (few ? FREE_HEAD_BYTES : 0)));
  }

  /** Counts more bytes of the body; returns the problem if there is no room for them. */
  Optional<GatewayProblem> body(int more) {
    int counted = Math.max(0, bodyBytes + more - freeBytes) - Math.max(0, bodyBytes - freeBytes);
    bodyBytes += more;
    return grow(counted);
  }

  /** The request is complete: only its bytes still count, until its service has them. */
  void whole() {
    if (unfinished != null) {
      unfinished.leave();
      unfinished = null;
    }
  }

  /** Nothing is kept any more; harmless when called again. */
  void leave() {
    bytes.leave();
    whole();
  }

  private Optional<GatewayProblem> grow(int more) {
    return bytes.grow(more)
        ? Optional.empty()
        : Optional.of(context.full(context.bodyBytes(address), more));
  }

  /** Memory cost of the head: a header line costs more than its characters. */
  private static int headBytes(HttpServerRequest request) {
    int sum = request.uri().length();
    for (Map.Entry<String, String> header : request.headers()) {
      sum += LINE_BYTES + header.getKey().length() + header.getValue().length();
    }
    return sum;
  }
}
