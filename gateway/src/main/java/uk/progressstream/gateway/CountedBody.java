package uk.progressstream.gateway;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/**
 * A body that fails once it is longer than it may be; for bodies that don't say how long they are.
 */
final class CountedBody implements ReadStream<Buffer> {
  private final ReadStream<Buffer> body;
  private final long bytesMax;
  private @Nullable Handler<Throwable> failed;
  private long bytes;
  private boolean over;
  private boolean ended;

  CountedBody(ReadStream<Buffer> body, long bytesMax) {
    this.body = body;
    this.bytesMax = bytesMax;
  }

  /** Whether the limit was passed. */
  boolean isOver() {
    return over;
  }

  @Override
  public CountedBody exceptionHandler(@Nullable Handler<Throwable> handler) {
    failed = handler;
    body.exceptionHandler(handler);
    return this;
  }

  @Override
  public CountedBody handler(@Nullable Handler<Buffer> handler) {
    body.handler(handler == null ? null : buffer -> count(buffer, handler));
    return this;
  }

  @Override
  public CountedBody pause() {
    body.pause();
    return this;
  }

  /** Does nothing after the end, where HTTP/2 throws: the proxy resumes what it gives up on. */
  @Override
  public CountedBody resume() {
    if (!ended) {
      body.resume();
    }
    return this;
  }

  @Override
  public CountedBody fetch(long amount) {
    body.fetch(amount);
    return this;
  }

  @Override
  public CountedBody endHandler(@Nullable Handler<Void> handler) {
    body.endHandler(handler == null ? null : end -> finish(handler, end));
    return this;
  }

  private void finish(Handler<Void> next, Void end) {
    ended = true;
    next.handle(end);
  }

  private void count(Buffer buffer, Handler<Buffer> next) {
    bytes += buffer.length();
    if (bytes <= bytesMax) {
      next.handle(buffer);
      return;
    }
    if (!over && failed != null) {
      over = true;
      failed.handle(new TooLong());
    }
  }

  static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLong() {
      super("body too long", null, false, false);
    }
  }
}
