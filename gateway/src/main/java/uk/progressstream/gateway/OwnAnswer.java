package uk.progressstream.gateway;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text of the gateway's own on its way to the client, with the limits of any other answer. */
final class OwnAnswer implements Handling {
  private static final String WHOSE = "gateway";

  /** Slices on their way at once: what waits is memory. */
  private static final int SLICES_MAX = 4;

  private final GatewayContext context;
  private final Exchange exchange;
  private final ApiDocument document;
  private final Pace pace;
  private final long begun = System.nanoTime();
  private Buffer body = Buffer.buffer();
  private int at;
  private int onTheirWay;
  private Places.@Nullable Place place;

  OwnAnswer(GatewayContext context, Exchange exchange, ApiDocument document) {
    this.context = context;
    this.exchange = exchange;
    this.document = document;
    PaceSettings settings = context.settings().pace();
    this.pace = new Pace(settings.answerBytesPerSecond(), settings);
  }

  @Override
  public void begin() {
    List<Places.Share> shares = context.answers(WHOSE, Caller.of(exchange.request()));
    place = context.places().take(shares);
    if (place == null) {
      exchange.refuse(context.full(shares, 1));
      return;
    }
    body = document.head(exchange.request());
    send();
  }

  private void send() {
    while (at < body.length() && onTheirWay < SLICES_MAX && !exchange.isOver()) {
      Buffer slice = body.slice(at, Math.min(at + Answer.SLICE_BYTES, body.length()));
      at += slice.length();
      onTheirWay++;
      exchange
          .response()
          .write(slice)
          .onSuccess(sent -> taken(slice))
          .onFailure(failure -> exchange.clientLeft());
    }
    if (at == body.length() && onTheirWay == 0 && !exchange.isOver()) {
      exchange
          .response()
          .end()
          .onSuccess(sent -> exchange.answerWritten())
          .onFailure(failure -> exchange.clientLeft());
    }
  }

  private void taken(Buffer slice) {
    pace.moved(slice.length());
    onTheirWay--;
    send();
  }

  @Override
  public void look(long now, long nanos) {
    if (pace.isTooSlowAfter(nanos) || now - begun > context.settings().pace().answer().toNanos()) {
      exchange.breakOff();
    }
  }

  @Override
  public void stop() {
    if (place != null) {
      place.leave();
      place = null;
    }
  }
}
