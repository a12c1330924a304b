package uk.progressstream.gateway;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** An ordinary request: no service hears of it before its last byte is here. */
final class WholePassage extends Passage {
  private final Kept kept;
  private final Buffer body = Buffer.buffer();
  private final boolean expectsToBeAsked;
  private final Pace arriving;
  private boolean reading = true;

  WholePassage(
      GatewayContext context, Exchange exchange, Target target, String service, boolean asks) {
    super(context, exchange, target, service);
    this.expectsToBeAsked = asks;
    this.arriving = new Pace(pace().bodyBytesPerSecond(), pace());
    this.kept = new Kept(context, caller().address());
  }

  @Override
  public void begin() {
    Optional<GatewayProblem> noRoom = kept.head(request());
    if (noRoom.isPresent()) {
      exchange().turnAway(noRoom.get());
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

  private void keep(Buffer bytes) {
    exchange().heard(bytes);
    if (isStopped()) {
      return;
    }
    if (body.length() + bytes.length() > BodyLimit.BYTES_MAX) {
      exchange().refuse(GatewayProblem.TOO_LARGE);
      return;
    }
    Optional<GatewayProblem> noRoom = kept.body(bytes.length());
    if (noRoom.isPresent()) {
      exchange().refuse(noRoom.get());
      return;
    }
    arriving.moved(bytes.length());
    body.appendBuffer(bytes);
  }

  /** The body's place is free once the service has it, however long the client takes its answer. */
  private void forward() {
    kept.whole();
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
  void release() {
    kept.leave();
  }
}
