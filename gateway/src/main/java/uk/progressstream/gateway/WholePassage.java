package uk.progressstream.gateway;

import io.vertx.core.buffer.Buffer;

/** An ordinary request: no service hears of it before its last byte is here. */
final class WholePassage extends Passage {
  private final Places.Place kept;
  private final Buffer body = Buffer.buffer();
  private final boolean expectsToBeAsked;
  private boolean reading = true;

  WholePassage(House house, Exchange exchange, Target target, String service, boolean asks) {
    super(house, exchange, target, service);
    this.expectsToBeAsked = asks;
    this.kept = house.places().none(house.bodyBytes(caller()));
  }

  @Override
  void begin() {
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
    } else if (!kept.grow(bytes.length())) {
      exchange().refuse(GatewayProblem.OVERLOADED);
    } else {
      body.appendBuffer(bytes);
    }
  }

  private void forward() {
    if (enterWork()) {
      open(to -> send(to, body));
    }
  }

  @Override
  boolean isSent() {
    return true;
  }

  @Override
  void lookAtRequest(long now, long nanos) {
    if (reading) {
      if (lasts(now, pace().body())) {
        exchange().refuseAndClose(GatewayProblem.TOO_SLOW);
      }
    } else if (lasts(now, pace().service())) {
      exchange().refuse(GatewayProblem.NO_ANSWER);
    }
  }

  @Override
  void stop() {
    super.stop();
    kept.leave();
  }
}
