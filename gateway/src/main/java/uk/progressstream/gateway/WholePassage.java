package uk.progressstream.gateway;

import io.vertx.core.buffer.Buffer;

/** An ordinary request: no service hears of it before its last byte is here. */
final class WholePassage extends Passage {
  /** Bytes of each body that need no place: enough to sign in, whoever else sends what. */
  static final int FREE_BYTES = 8 * 1024;

  private final Places.Place kept;
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
    if (isStopped()) {
      return;
    }
    if (body.length() + bytes.length() > BodyLimit.BYTES_MAX) {
      exchange().refuse(GatewayProblem.TOO_LARGE);
    } else if (!kept.grow(beyondFree(bytes.length()))) {
      exchange()
          .refuse(context().full(context().bodyBytes(caller()), 1, beyondFree(bytes.length())));
    } else {
      arriving.moved(bytes.length());
      body.appendBuffer(bytes);
    }
  }

  private int beyondFree(int more) {
    return Math.max(0, body.length() + more - FREE_BYTES) - Math.max(0, body.length() - FREE_BYTES);
  }

  /** The body's place is free once the service has it, however long the client takes its answer. */
  private void forward() {
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
  }
}
