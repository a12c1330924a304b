package uk.progressstream.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.List;

/** A service's answer on its way to the client. */
final class Answer {
  /** Small enough that a client at the least rate takes several of them in a window. */
  static final int SLICE_BYTES = 8 * 1024;

  /**
   * The service stops an answer when the token ends. After this long the gateway also drops what
   * the service had already sent.
   */
  private static final Duration AFTER_EXPIRY = Duration.ofSeconds(2);

  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private final Passage passage;
  private final HttpClientResponse from;
  private final HttpServerResponse to;
  private final Pace pace;
  private final long begun = System.nanoTime();
  private long heard = begun;
  private boolean whole;
  private boolean full;
  private boolean wasFull;
  private boolean moved;
  private boolean chunked;
  private boolean hasHead;

  Answer(Passage passage, HttpClientResponse from) {
    this.passage = passage;
    this.from = from;
    this.to = passage.exchange().response();
    this.pace = new Pace(passage.pace().answerBytesPerSecond(), passage.pace());
  }

  /** Whether the service has said all. */
  boolean isWhole() {
    return whole;
  }

  void begin() {
    boolean sized = from.headers().contains("Content-Length") || hasNoBody();
    if (!sized && passage.request().version() == HttpVersion.HTTP_1_0) {
      // It knows no chunks, and an answer that is broken off would look whole.
      passage.exchange().refuse(GatewayProblem.TOO_OLD);
      return;
    }
    if (isForALongTime() && !waitsForClient()) {
      passage.exchange().refuse(passage.context().full(places(), 1));
      return;
    }
    chunked = !sized && passage.request().version() == HttpVersion.HTTP_1_1;
    from.exceptionHandler(passage::serviceFailed);
    from.handler(this::write);
    from.endHandler(end -> finish());
  }

  /**
   * The head leaves with the first byte of the body. Where the service fails before that, nothing
   * of its head is in the refusal.
   */
  private void head() {
    if (!hasHead) {
      hasHead = true;
      to.setStatusCode(from.statusCode());
      Headers.toClient(from, to);
      to.setChunked(chunked);
    }
  }

  private boolean hasNoBody() {
    return passage.request().method().equals(HttpMethod.HEAD)
        || from.statusCode() == NO_CONTENT
        || from.statusCode() == NOT_MODIFIED;
  }

  /** Events come when they come: meanwhile nobody works for this client. */
  private boolean isForALongTime() {
    String type = from.getHeader("Content-Type");
    return type != null && type.startsWith("text/event-stream");
  }

  /** It counts among the answers from here on; false where there is no room. */
  private boolean waitsForClient() {
    moved = true;
    return passage.move(places());
  }

  private List<Places.Share> places() {
    return passage.context().answers(passage.service(), passage.caller());
  }

  private void write(Buffer bytes) {
    if (passage.isStopped()) {
      return;
    }
    heard = System.nanoTime();
    head();
    for (int at = 0; at < bytes.length() && !passage.isStopped(); at += SLICE_BYTES) {
      send(bytes.slice(at, Math.min(at + SLICE_BYTES, bytes.length())));
    }
    // A write that fails at once has ended the passage: what comes then must not wait.
    if (!passage.isStopped() && to.writeQueueFull()) {
      full = true;
      from.pause();
      to.drainHandler(drained -> goOn());
    }
  }

  /** What counts is what the client has taken, not what waits for it. */
  private void send(Buffer slice) {
    to.write(slice)
        .onSuccess(sent -> pace.moved(slice.length()))
        .onFailure(failure -> passage.exchange().clientLeft());
  }

  private void goOn() {
    full = false;
    wasFull = false;
    heard = System.nanoTime();
    from.resume();
  }

  private void finish() {
    if (passage.isStopped()) {
      return;
    }
    whole = true;
    head();
    to.end()
        .onComplete(
            taken -> {
              if (taken.succeeded()) {
                passage.exchange().answerWritten();
              } else {
                passage.exchange().clientLeft();
              }
            });
  }

  /**
   * Nobody takes the rest. What has already arrived is dropped first: if that is all of it, the
   * connection may be somebody else's by now, and a reset would close it.
   */
  void abandon(HttpClientRequest asked) {
    from.handler(dropped -> {});
    from.endHandler(end -> whole = true);
    from.exceptionHandler(failed -> {});
    from.resume();
    Vertx.currentContext()
        .runOnContext(
            dropped -> {
              if (!whole) {
                asked.reset();
              }
            });
  }

  /** Times whichever side keeps the other waiting. */
  void look(long now, long nanos) {
    PaceSettings max = passage.pace();
    boolean forClient = full || whole;
    if (forClient && wasFull && !moved && !waitsForClient()) {
      passage.exchange().breakOff();
      return;
    }
    wasFull = forClient;
    boolean expired = passage.isExpired(now - AFTER_EXPIRY.toNanos());
    boolean tooSlow =
        forClient ? pace.isTooSlowAfter(nanos) : now - heard > max.silence().toNanos();
    if (expired || tooSlow || now - begun > max.answer().toNanos()) {
      passage.exchange().breakOff();
    }
  }
}
