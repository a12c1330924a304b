package uk.progressstream.gateway;

import io.vertx.core.http.HttpConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** All connections of people. */
final class Guests {
  private static final Logger LOG = Logger.getLogger(Guests.class);

  private final Map<HttpConnection, Guest> all = new HashMap<>();
  private final Places places;
  private final GatewaySettings settings;

  Guests(Places places, GatewaySettings settings) {
    this.places = places;
    this.settings = settings;
  }

  /** Lets a connection in, or closes it where there are too many. */
  void opened(HttpConnection connection) {
    Places.Place place =
        places.take(
            List.of(
                Places.Share.ofAll("connections", settings.places().connections()),
                Places.Share.ofCaller(
                    "connections of " + Caller.network(connection.remoteAddress()),
                    settings.places().connectionsPerAddress())));
    if (place == null) {
      Wire.cutOff(connection);
      return;
    }
    Places.Place heads =
        places.none(
            GatewayContext.bodyBytes(
                settings.places(), Caller.network(connection.remoteAddress())));
    Guest guest = new Guest(connection, place, heads, settings.pace());
    all.put(connection, guest);
    connection.closeHandler(
        closed -> {
          all.remove(connection);
          guest.left();
        });
  }

  /** Whose a connection is; none if it was not let in. */
  @Nullable Guest of(HttpConnection connection) {
    return all.get(connection);
  }

  void look(long now, long nanos) {
    List.copyOf(all.values()).forEach(guest -> look(guest, now, nanos));
  }

  /** What goes wrong with one is nobody else's loss. */
  private static void look(Guest guest, long now, long nanos) {
    try {
      guest.look(now, nanos);
    } catch (RuntimeException e) {
      LOG.error("a connection could not be looked after; it is closed", e);
      guest.close();
    }
  }
}
