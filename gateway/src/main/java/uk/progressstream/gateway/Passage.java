package uk.progressstream.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The way of a request to its service and of the answer back. A place is held for what the service
 * does: the body of an ordinary request is read whole before, and an answer that waits for its
 * client counts elsewhere.
 */
abstract class Passage implements Handling {
  private static final Logger LOG = Logger.getLogger(Passage.class);

  private final GatewayContext context;
  private final Exchange exchange;
  private final Target target;
  private final String service;
  private final Caller caller;
  private Places.@Nullable Place place;
  private @Nullable HttpClientRequest upstream;
  private @Nullable Answer answer;
  private boolean stopped;
  private boolean opening;
  private final long begun = System.nanoTime();
  private final long expiresInNanos;
  private long since = begun;

  Passage(GatewayContext context, Exchange exchange, Target target, String service) {
    this.context = context;
    this.exchange = exchange;
    this.target = target;
    this.service = service;
    this.caller = Caller.of(exchange.request());
    this.expiresInNanos =
        TimeUnit.SECONDS.toNanos(caller.expires())
            - TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
  }

  /** Whether the service has all of the request. */
  abstract boolean isSent();

  /** Gives back what else it keeps; harmless when called again. */
  void release() {}

  /** Ends what took too long before the service began to answer. */
  abstract void lookAtRequest(long now, long nanos);

  final GatewayContext context() {
    return context;
  }

  final PaceSettings pace() {
    return context.settings().pace();
  }

  final Exchange exchange() {
    return exchange;
  }

  final HttpServerRequest request() {
    return exchange.request();
  }

  final Caller caller() {
    return caller;
  }

  final String service() {
    return service;
  }

  final boolean isStopped() {
    return stopped;
  }

  /**
   * Whether the token has ended since the request came. One that had ended before, or claims no
   * end, is for the service to refuse.
   */
  final boolean isExpired(long now) {
    return expiresInNanos > 0 && now - begun > expiresInNanos;
  }

  /** Whether the current step lasts longer than it may. */
  final boolean lasts(long now, Duration max) {
    return now - since > max.toNanos();
  }

  final void nextStep() {
    since = System.nanoTime();
  }

  /** Takes a place, or refuses. */
  final boolean enter(List<Places.Share> shares) {
    place = context.places().take(shares);
    if (place == null) {
      exchange.refuse(context.full(shares, 1));
      return false;
    }
    return true;
  }

  /** Takes a place among those that a service works for, or refuses. */
  final boolean enterWork() {
    return enter(context.work(service, caller));
  }

  /** Another place than before; the old one where there is none. */
  final boolean move(List<Places.Share> shares) {
    Places.Place other = context.places().take(shares);
    if (other == null) {
      return false;
    }
    leave();
    place = other;
    return true;
  }

  /** Opens the way to the service. */
  final void open(Consumer<HttpClientRequest> ready) {
    nextStep();
    HostAndPort address = context.routes().address(service);
    RequestOptions options =
        new RequestOptions()
            .setMethod(request().method())
            .setServer(SocketAddress.inetSocketAddress(address.port(), address.host()))
            .setHost(address.host())
            .setPort(address.port())
            .setSsl(true)
            .setURI(target.uri());
    opening = true;
    context
        .client()
        .request(options)
        .onFailure(this::notOpened)
        .onSuccess(opened -> opened(opened, ready));
  }

  private void notOpened(Throwable cause) {
    opening = false;
    if (stopped) {
      leaveLater();
      release();
    }
    serviceFailed(cause);
  }

  private void opened(HttpClientRequest opened, Consumer<HttpClientRequest> ready) {
    opening = false;
    if (stopped) {
      // Without a handler the library reports each as an error.
      opened.exceptionHandler(cancelled -> {});
      opened.reset();
      leaveLater();
      release();
      return;
    }
    upstream = opened;
    nextStep();
    try {
      begin(opened, ready);
    } catch (RuntimeException e) {
      LOG.errorf(e, "a request could not be passed on, trace %s", exchange.traceId());
      exchange.refuse(GatewayProblem.UNAVAILABLE);
    }
  }

  private void begin(HttpClientRequest opened, Consumer<HttpClientRequest> ready) {
    Headers.toService(request(), opened.headers(), exchange.traceId());
    opened.authority(Target.Hosts.ours(context.settings()));
    opened.exceptionHandler(this::serviceFailed);
    opened
        .response()
        .onFailure(this::serviceFailed)
        .onSuccess(
            head -> {
              if (!stopped) {
                answer = new Answer(this, head);
                answer.begin();
              }
            });
    ready.accept(opened);
  }

  /**
   * Sends a whole body.
   *
   * @param after runs once the service has begun to answer, or never will
   */
  final void send(HttpClientRequest to, Buffer body, Runnable after) {
    boolean bare = body.length() == 0 && !request().method().equals(HttpMethod.POST);
    (bare ? to.send() : to.send(body)).onComplete(answered -> after.run());
  }

  final void serviceFailed(Throwable cause) {
    if (stopped || (answer != null && answer.isWhole())) {
      return;
    }
    upstream = null;
    context.countFailure(service);
    LOG.warnf("%s failed, trace %s: %s", service, exchange.traceId(), cause);
    if (answer == null || !exchange.response().headWritten()) {
      exchange.refuse(GatewayProblem.UNAVAILABLE);
    } else {
      exchange.breakOff();
    }
  }

  /** The service has said nothing for as long as it may. */
  final void serviceIsSilent() {
    context.countFailure(service);
    LOG.warnf("%s does not answer, trace %s", service, exchange.traceId());
    exchange.refuse(GatewayProblem.NO_ANSWER);
  }

  @Override
  public final void look(long now, long nanos) {
    if (stopped) {
      return;
    }
    if (answer == null) {
      lookAtRequest(now, nanos);
    } else {
      answer.look(now, nanos);
    }
  }

  /**
   * A service that is still at work learns of it at once. While a connection to it is being made,
   * the place is held until that is over, and so is what the request keeps: otherwise whoever
   * cancels could have any number of both.
   */
  @Override
  public final void stop() {
    stopped = true;
    HttpClientRequest sent = upstream;
    if (opening) {
      return;
    }
    release();
    if (sent != null) {
      if (answer == null || !isSent()) {
        sent.reset();
      } else if (!answer.isWhole()) {
        answer.abandon(sent);
      }
    }
    if (sent != null && (answer == null || !answer.isWhole())) {
      leaveLater();
    } else {
      leave();
    }
  }

  /**
   * A service does not stop instantly. If the place were free at once, a client that keeps
   * cancelling could have any number of requests worked on.
   */
  private void leaveLater() {
    if (place != null) {
      context.places().leaveLater(place);
      place = null;
    }
  }

  private void leave() {
    if (place != null) {
      place.leave();
      place = null;
    }
  }
}
