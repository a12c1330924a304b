package uk.progressstream.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;

/**
 * An upload: passed on as it comes, in a place of its own kind, and never slower than it may be.
 */
final class UploadPassage extends Passage {
  private final long length;
  private final boolean expectsToBeAsked;
  private final Pace rate;
  private long bytes;
  private boolean sending;
  private boolean sent;
  private boolean serviceIsBusy;
  private long busySince;

  UploadPassage(
      GatewayContext context,
      Exchange exchange,
      Target target,
      String service,
      long length,
      boolean asks) {
    super(context, exchange, target, service);
    this.length = length;
    this.expectsToBeAsked = asks;
    this.rate = new Pace(pace().uploadBytesPerSecond(), pace());
  }

  @Override
  public void begin() {
    if (enter(context().uploads(caller()))) {
      request().pause();
      open(this::pump);
    }
  }

  private void pump(HttpClientRequest to) {
    if (length >= 0) {
      to.putHeader("Content-Length", Long.toString(length));
    } else {
      to.setChunked(true);
    }
    if (expectsToBeAsked) {
      exchange().response().writeContinue();
    }
    sending = true;
    request().handler(chunk -> write(to, chunk));
    request()
        .endHandler(
            end -> {
              exchange().bodyEnded();
              if (!isStopped()) {
                sent = true;
                nextStep();
                to.end().onFailure(failure -> {});
              }
            });
    request().resume();
  }

  private void write(HttpClientRequest to, Buffer chunk) {
    exchange().heard(chunk);
    if (isStopped()) {
      return;
    }
    bytes += chunk.length();
    if (bytes > BodyLimit.UPLOAD_BYTES_MAX) {
      exchange().refuse(GatewayProblem.TOO_LARGE);
      return;
    }
    rate.moved(chunk.length());
    to.write(chunk).onFailure(failure -> {});
    if (to.writeQueueFull()) {
      serviceIsBusy = true;
      busySince = System.nanoTime();
      request().pause();
      to.drainHandler(
          drained -> {
            serviceIsBusy = false;
            request().resume();
          });
    }
  }

  @Override
  boolean isSent() {
    return sent;
  }

  @Override
  void lookAtRequest(long now, long nanos) {
    if (sent || !sending) {
      if (lasts(now, sent ? pace().serviceAfterUpload() : pace().service())) {
        serviceIsSilent();
      }
    } else if (serviceIsBusy && now - busySince > pace().silence().toNanos()) {
      serviceIsSilent();
    } else if (lasts(now, pace().upload()) || (!serviceIsBusy && rate.isTooSlowAfter(nanos))) {
      exchange().refuseAndClose(GatewayProblem.TOO_SLOW);
    }
  }
}
