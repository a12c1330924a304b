package uk.progressstream.gateway;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An ordinary request: no service hears of it before its last byte is here. */
final class WholePassage extends Passage {
  /**
   * Bytes of each body that are not counted for an address with few requests: enough to sign in,
   * whatever others send.
   */
  static final int FREE_BYTES = 8 * 1024;

  /** The same of a head: a token of 200 classes, and what browsers send. */
  private static final int FREE_HEAD_BYTES = 28 * 1024;

  private static final int LINE_BYTES = 128;

  /** Requests of an address whose heads and first bytes do not count. */
  private static final int FEW = 16;

  /** The same of all addresses together: 36 MiB at most. */
  private static final int FEW_OF_ALL = 1024;

  private final Places.Place kept;
  private Places.@Nullable Place unfinished;
  private int freeBytes;
  private final Buffer body = Buffer.buffer();
  private final boolean expectsToBeAsked;
  private final Pace arriving;
  private boolean reading = true;

  WholePassage(
      GatewayContext context, Exchange exchange, Target target, String service, boolean asks) {
    super(context, exchange, target, service);
    this.expectsToBeAsked = asks;
    this.arriving = new Pace(pace().bodyBytesPerSecond(), pace());
    this.kept = context.places().none(context.bodyBytes(caller()));
  }

  @Override
  public void begin() {
    if (!isKept()) {
      return;
    }
    if (expectsToBeAsked) {
      exchange().response().writeContinue();
    }
    request().handler(this::keep);
    request()
        .endHandler(
            end -> {
              exchange().bodyEnded();
              if (!isStopped()) {
                reading = false;
                forward();
              }
            });
  }

  /** Whether there is room for what is here already; refused otherwise. */
  private boolean isKept() {
    List<Places.Share> shares = context().unfinished(caller());
    unfinished = context().places().take(shares);
    if (unfinished == null) {
      exchange().turnAway(GatewayProblem.TOO_MANY);
      return false;
    }
    boolean few =
        context().places().taken(shares.get(0).name()) <= FEW
            && context().places().taken(shares.get(1).name()) <= FEW_OF_ALL;
    freeBytes = few ? FREE_BYTES : 0;
    int head = Math.max(0, headBytes() - (few ? FREE_HEAD_BYTES : 0));
    if (!kept.grow(head)) {
      exchange().turnAway(context().full(context().bodyBytes(caller()), head));
      return false;
    }
    return true;
  }

  /** What the head costs here: each of its lines has more than its characters. */
  private int headBytes() {
    int bytes = request().uri().length();
    for (Map.Entry<String, String> header : request().headers()) {
      bytes += LINE_BYTES + header.getKey().length() + header.getValue().length();
    }
    return bytes;
  }

  private void keep(Buffer bytes) {
    exchange().heard(bytes);
    if (isStopped()) {
      return;
    }
    if (body.length() + bytes.length() > BodyLimit.BYTES_MAX) {
      exchange().refuse(GatewayProblem.TOO_LARGE);
    } else if (!kept.grow(beyondFree(bytes.length()))) {
      exchange().refuse(context().full(context().bodyBytes(caller()), beyondFree(bytes.length())));
    } else {
      arriving.moved(bytes.length());
      body.appendBuffer(bytes);
    }
  }

  private int beyondFree(int more) {
    return Math.max(0, body.length() + more - freeBytes) - Math.max(0, body.length() - freeBytes);
  }

  /** The body's place is free once the service has it, however long the client takes its answer. */
  private void forward() {
    leaveUnfinished();
    if (enterWork()) {
      open(to -> send(to, body, kept::leave));
    }
  }

  @Override
  boolean isSent() {
    return true;
  }

  @Override
  void lookAtRequest(long now, long nanos) {
    if (reading) {
      if (lasts(now, pace().body()) || arriving.isTooSlowAfter(nanos)) {
        exchange().refuseAndClose(GatewayProblem.TOO_SLOW);
      }
    } else if (lasts(now, pace().service())) {
      serviceIsSilent();
    }
  }

  @Override
  public void stop() {
    super.stop();
    kept.leave();
    leaveUnfinished();
  }

  private void leaveUnfinished() {
    if (unfinished != null) {
      unfinished.leave();
      unfinished = null;
    }
  }
}
