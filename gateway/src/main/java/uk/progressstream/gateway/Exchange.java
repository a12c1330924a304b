package uk.progressstream.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, as the client sees them. Whatever happens, it ends once and gives
 * back what it took: by an answer that was taken whole, by a refusal, or by breaking off.
 */
final class Exchange {
  /** RFC 9113, 7: nothing was done for it, so it may be sent again. */
  private static final long REFUSED_STREAM = 7;

  private static final long CANCELLED = 8;

  private final GatewayContext context;
  private final Guest guest;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final String traceId = UUID.randomUUID().toString().replace("-", "");
  private @Nullable Handling handling;
  private boolean bodyEnded;
  private boolean answered;
  private boolean over;
  private long answeredAt;

  Exchange(GatewayContext context, Guest guest, HttpServerRequest request) {
    this.context = context;
    this.guest = guest;
    this.request = request;
    this.response = request.response();
    guest.add(this);
    request.exceptionHandler(this::requestFailed);
    request.endHandler(end -> bodyEnded());
    // A request that breaks is told to its answer first, and there may still be one to give.
    response.exceptionHandler(failure -> Vertx.currentContext().runOnContext(next -> clientLeft()));
    response.closeHandler(closed -> clientLeft());
  }

  HttpServerRequest request() {
    return request;
  }

  HttpServerResponse response() {
    return response;
  }

  /** By which the request is named in our answer and log and in those of its service. */
  String traceId() {
    return traceId;
  }

  /** Whether nobody waits for an answer any more. */
  boolean isOver() {
    return over || answered;
  }

  /** A piece of its body has come. */
  void heard(Buffer bytes) {
    guest.heard(bytes.length());
  }

  /** Hands it to who answers it. */
  void pass(Handling to) {
    handling = to;
    to.begin();
  }

  /** The last byte of the body was read; who passes it on tells so. */
  void bodyEnded() {
    bodyEnded = true;
    if (answered && !over) {
      end();
    }
  }

  /** Answers by ourselves. */
  void answer(Runnable writes) {
    if (isOver()) {
      return;
    }
    letGo();
    writes.run();
    answerWritten();
  }

  /**
   * Refuses it. A body that is still coming is heard out for a moment, so that the answer arrives.
   */
  void refuse(GatewayProblem problem) {
    answer(
        () -> {
          context.countRefusal(problem);
          problem.answer(response, traceId);
        });
  }

  /**
   * Refuses it so that nothing of it is kept: over HTTP/1 as {@link #refuseAndClose} does, over
   * HTTP/2 by taking its stream back, which harms no other request on the same connection.
   */
  void turnAway(GatewayProblem problem) {
    if (request.version() != HttpVersion.HTTP_2) {
      refuseAndClose(problem);
    } else if (!isOver()) {
      context.countRefusal(problem);
      end();
      response.reset(REFUSED_STREAM);
    }
  }

  /** Refuses it and hangs up: what follows could not be understood, or never comes. */
  void refuseAndClose(GatewayProblem problem) {
    if (isOver()) {
      return;
    }
    if (request.version() == HttpVersion.HTTP_2) {
      refuse(problem);
    } else {
      response.putHeader("Connection", "close");
      refuse(problem);
      hangUp(guest::close);
    }
  }

  /** All of the answer is on its way. */
  void answerWritten() {
    answered = true;
    answeredAt = System.nanoTime();
    letGo();
    if (bodyEnded || request.isEnded()) {
      end();
    } else {
      request.handler(this::heard);
      request.resume();
    }
  }

  /** The answer cannot be finished; it must not look as if it were. */
  void breakOff() {
    if (!isOver()) {
      end();
      hangUp(guest::cutOff);
    }
  }

  /** There is nobody to answer. */
  void clientLeft() {
    if (!over) {
      end();
    }
  }

  void look(long now, long nanos) {
    if (answered && !over && now - answeredAt > context.settings().pace().rest().toNanos()) {
      end();
      hangUp(guest::close);
    } else if (handling != null && !answered) {
      handling.look(now, nanos);
    }
  }

  /** Either its bytes are no request, or nobody sends them any more. */
  private void requestFailed(Throwable failure) {
    boolean left =
        failure instanceof StreamResetException || failure instanceof HttpClosedException;
    if (!left && !isOver() && !response.headWritten() && !response.closed()) {
      refuseAndClose(GatewayProblem.BAD_REQUEST);
    }
    clientLeft();
  }

  /** Over HTTP/2 the connection stays: it may carry others, and is looked at by itself. */
  private void hangUp(Runnable closing) {
    if (request.version() == HttpVersion.HTTP_2) {
      response.reset(CANCELLED);
    } else {
      closing.run();
    }
  }

  private void end() {
    over = true;
    letGo();
    guest.remove(this);
  }

  private void letGo() {
    Handling held = handling;
    if (held != null) {
      handling = null;
      held.stop();
    }
  }
}
