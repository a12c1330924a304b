package uk.progressstream.gateway;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Takes requests of people over TLS and passes them on over mutual TLS. It looks at paths, sizes
 * and pace, never at what is in a body or whether a token is good: who may do what is for the
 * services. Everything happens on one event loop.
 */
final class Gateway extends AbstractVerticle {
  private static final List<String> COUNTED =
      List.of("connections", "work", "uploads", "answers", "body bytes");

  private static final Logger LOG = Logger.getLogger(Gateway.class);

  private final GatewaySettings settings;
  private final DoorTls tls;
  private final MeterRegistry meters;
  private final Reception reception;
  private final Places places = new Places();
  private final Guests guests;
  private volatile long lookedAt = System.nanoTime();

  Gateway(GatewaySettings settings, DoorTls tls, MeterRegistry meters) {
    this.settings = settings;
    this.tls = tls;
    this.meters = meters;
    this.reception = new Reception(settings, ApiDocument.ofTheBuild());
    this.guests = new Guests(places, settings);
  }

  @Override
  public void start(Promise<Void> started) {
    PoolOptions pool =
        new PoolOptions().setHttp1MaxSize(Door.connectionsToAService(settings.places()));
    HttpClient client = vertx.createHttpClient(Door.inside(tls), pool);
    GatewayContext context =
        new GatewayContext(client, Routes.of(settings.services()), places, settings, meters);
    COUNTED.forEach(
        name ->
            Gauge.builder("ps.gateway.taken", places, all -> all.taken(name))
                .tag("what", name.replace(' ', '-'))
                .register(meters));
    vertx.setPeriodic(settings.pace().look().toMillis(), timer -> look());
    vertx
        .createHttpServer(Door.outside(settings, tls))
        .connectionHandler(guests::opened)
        .requestHandler(request -> receive(context, request))
        .invalidRequestHandler(request -> refuse(context, request))
        .exceptionHandler(failure -> {})
        .listen()
        .<Void>mapEmpty()
        .onComplete(started);
  }

  /** How long the event loop has not got round to looking after its guests. */
  Duration stuckFor() {
    return Duration.ofNanos(System.nanoTime() - lookedAt);
  }

  private void look() {
    long now = System.nanoTime();
    guests.look(now, now - lookedAt);
    places.look();
    lookedAt = now;
  }

  private void receive(GatewayContext context, HttpServerRequest request) {
    Guest guest = guests.of(request.connection());
    if (guest == null || guest.isClosing()) {
      return;
    }
    Exchange exchange = new Exchange(context, guest, request);
    try {
      reception.receive(context, exchange);
    } catch (RuntimeException e) {
      LOG.errorf(e, "a request could not be received, trace %s", exchange.traceId());
      exchange.breakOff();
    }
  }

  private void refuse(GatewayContext context, HttpServerRequest request) {
    Guest guest = guests.of(request.connection());
    if (guest == null || guest.isClosing()) {
      return;
    }
    Throwable cause = request.decoderResult().cause();
    GatewayProblem problem =
        cause instanceof TooLongHttpLineException
            ? GatewayProblem.URI_TOO_LONG
            : cause instanceof TooLongHttpHeaderException
                ? GatewayProblem.HEADERS_TOO_LARGE
                : GatewayProblem.BAD_REQUEST;
    reception.refuse(new Exchange(context, guest, request), problem);
  }
}
