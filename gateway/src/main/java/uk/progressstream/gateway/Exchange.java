package uk.progressstream.gateway;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import java.util.UUID;
import java.util.function.Supplier;
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
  private @Nullable Kept kept;
  private boolean bodyEnded;

  /** The answer is settled: written to the end, or being written by the gateway itself. */
  private boolean said;

  /** The client has all of it. */
  private boolean answered;

  private boolean over;
  private long saidAt;

  Exchange(GatewayContext context, Guest guest, HttpServerRequest request) {
    this.context = context;
    this.guest = guest;
    this.request = request;
    this.response = request.response();
    guest.add(this);
    request.exceptionHandler(this::requestFailed);
    request.endHandler(end -> bodyEnded());
    // When a request fails, its response hears of it first; there may still be something to answer.
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

  /** Whether its answer is settled or it has ended. */
  boolean isOver() {
    return over || said;
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

  /**
   * Answers by ourselves. The request is kept until the client has the answer, and so it counts
   * until then; where there is no room, nothing waits.
   *
   * @param writes completes once the client has it
   */
  void answer(Supplier<Future<Void>> writes) {
    if (isOver()) {
      return;
    }
    if (!guest.mayAnswer()) {
      end();
      guest.cutOff();
      return;
    }
    letGo();
    kept = new Kept(context, Caller.network(request.remoteAddress()));
    boolean hasRoom = kept.head(request).isEmpty();
    if (!hasRoom && request.version() == HttpVersion.HTTP_2) {
      takeBack();
      return;
    }
    said = true;
    saidAt = System.nanoTime();
    writes.get().onSuccess(taken -> answerWritten()).onFailure(failure -> clientLeft());
    if (!hasRoom) {
      Vertx.currentContext().runOnContext(next -> cutUnlessAnswered());
    }
  }

  private void cutUnlessAnswered() {
    if (!answered && !over) {
      end();
      guest.cutOff();
    }
  }

  /** Nothing is left of it; other requests on the same connection are not harmed. */
  private void takeBack() {
    end();
    Wire.reset(request, REFUSED_STREAM);
  }

  /**
   * Refuses it. A body that is still coming is heard out for a moment, so that the answer arrives.
   */
  void refuse(GatewayProblem problem) {
    answer(
        () -> {
          context.countRefusal(problem);
          return problem.answer(response, traceId);
        });
  }

  /**
   * Refuses the request and keeps nothing of it: over HTTP/1 by closing the connection, over HTTP/2
   * by resetting only its own stream.
   */
  void turnAway(GatewayProblem problem) {
    if (request.version() != HttpVersion.HTTP_2) {
      refuseAndClose(problem);
    } else if (!isOver()) {
      context.countRefusal(problem);
      takeBack();
      if (!guest.mayAnswer()) {
        guest.cutOff();
      }
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

  /** The client has all of the answer. */
  void answerWritten() {
    if (over) {
      return;
    }
    said = true;
    answered = true;
    saidAt = System.nanoTime();
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
    if (said && !over && now - saidAt > context.settings().pace().rest().toNanos()) {
      end();
      hangUp(answered ? guest::close : guest::cutOff);
    } else if (handling != null && !said) {
      handling.look(now, nanos);
    }
  }

  /** Either the bytes are not a valid request, or the client has left. */
  private void requestFailed(Throwable failure) {
    boolean left =
        failure instanceof StreamResetException || failure instanceof HttpClosedException;
    if (!left && !isOver() && !response.headWritten() && !response.closed()) {
      refuseAndClose(GatewayProblem.BAD_REQUEST);
    } else {
      clientLeft();
    }
  }

  /** An HTTP/2 connection stays open, as it may carry other requests; it has limits of its own. */
  private void hangUp(Runnable closing) {
    if (request.version() == HttpVersion.HTTP_2) {
      Wire.reset(request, CANCELLED);
    } else {
      closing.run();
    }
  }

  private void end() {
    over = true;
    letGo();
    if (kept != null) {
      kept.leave();
    }
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
