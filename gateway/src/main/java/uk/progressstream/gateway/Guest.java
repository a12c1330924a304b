package uk.progressstream.gateway;

import io.vertx.core.http.HttpConnection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One connection, and what is going on in it. */
final class Guest {
  /** More of these between two looks are a flood: each costs us an answer. */
  private static final int CONTROL_FRAMES_MAX = 200;

  private final HttpConnection connection;
  private final Places.Place place;
  private final PaceSettings pace;
  private final Set<Exchange> exchanges = new HashSet<>();
  private long quietSince = System.nanoTime();
  private boolean asked;
  private boolean watched;
  private int controlFrames;

  Guest(HttpConnection connection, Places.Place place, PaceSettings pace) {
    this.connection = connection;
    this.place = place;
    this.pace = pace;
  }

  void add(Exchange exchange) {
    asked = true;
    exchanges.add(exchange);
  }

  void remove(Exchange exchange) {
    exchanges.remove(exchange);
    quietSince = System.nanoTime();
  }

  /** Counts frames of HTTP/2 that carry nothing. */
  void watchControlFrames() {
    if (!watched) {
      watched = true;
      connection.pingHandler(ping -> controlFrames++);
      connection.remoteSettingsHandler(settings -> controlFrames++);
    }
  }

  /** A head that trickles in looks like silence from here, so one limit serves for both. */
  void look(long now, long nanos) {
    List.copyOf(exchanges).forEach(exchange -> exchange.look(now, nanos));
    long quietMax = (asked ? pace.keepAlive() : pace.head()).toNanos();
    if (controlFrames > CONTROL_FRAMES_MAX
        || (exchanges.isEmpty() && now - quietSince > quietMax)) {
      connection.close();
    }
    controlFrames = 0;
  }

  void close() {
    connection.close();
  }

  void left() {
    place.leave();
    List.copyOf(exchanges).forEach(Exchange::clientLeft);
  }
}
