package uk.progressstream.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One connection, and what is going on in it. */
final class Guest {
  /** More of these between two looks are a flood: each costs us an answer. */
  private static final int CONTROL_FRAMES_MAX = 200;

  /**
   * More pieces of bodies between two looks, of fewer bytes on average, cost more than they bring.
   */
  private static final int CHUNKS_MAX = 5000;

  private static final int CHUNK_BYTES_MIN = 16;

  private static final Logger LOG = Logger.getLogger(Guest.class);

  private final HttpConnection connection;
  private final Places.Place place;
  private final PaceSettings pace;
  private final Set<Exchange> exchanges = new HashSet<>();
  private long quietSince = System.nanoTime();
  private boolean asked;
  private boolean closing;
  private long closingSince;
  private boolean left;
  private @Nullable Runnable next;
  private int controlFrames;
  private long chunks;
  private long chunkBytes;

  Guest(HttpConnection connection, Places.Place place, PaceSettings pace) {
    this.connection = connection;
    this.place = place;
    this.pace = pace;
    watchControlFrames();
  }

  void add(Exchange exchange) {
    asked = true;
    exchanges.add(exchange);
  }

  void remove(Exchange exchange) {
    exchanges.remove(exchange);
    quietSince = System.nanoTime();
    Runnable waiting = next;
    if (waiting != null && exchanges.isEmpty()) {
      next = null;
      Vertx.currentContext().runOnContext(now -> runUnlessLeft(waiting));
    }
  }

  /** Nobody would tell a request that begins on a closed connection that its client has gone. */
  private void runUnlessLeft(Runnable work) {
    if (!left) {
      work.run();
    }
  }

  /**
   * Runs what a request of HTTP/1 asks for once the answer before it has been taken: who sends many
   * at once and reads nothing would otherwise have us keep all the answers.
   */
  void inTurn(Runnable work) {
    if (exchanges.isEmpty()) {
      work.run();
    } else {
      next = work;
    }
  }

  /** Counts a piece of a body. */
  void heard(int bytes) {
    chunks++;
    chunkBytes += bytes;
  }

  /** Counts frames of HTTP/2 that carry nothing. */
  private void watchControlFrames() {
    try {
      connection.pingHandler(ping -> controlFrames++);
      connection.remoteSettingsHandler(settings -> controlFrames++);
    } catch (UnsupportedOperationException http1) {
      LOG.trace("HTTP/1 has no such frames");
    }
  }

  /** A head that trickles in looks like silence from here, so one limit serves for both. */
  void look(long now, long nanos) {
    if (closing) {
      if (now - closingSince > pace.rest().toNanos()) {
        cutOff();
      }
      return;
    }
    List.copyOf(exchanges).forEach(exchange -> exchange.look(now, nanos));
    long quietMax = (asked ? pace.keepAlive() : pace.head()).toNanos();
    boolean crumbs = chunks > CHUNKS_MAX && chunkBytes < CHUNK_BYTES_MIN * chunks;
    if (controlFrames > CONTROL_FRAMES_MAX
        || crumbs
        || (exchanges.isEmpty() && now - quietSince > quietMax)) {
      close();
    }
    controlFrames = 0;
    chunks = 0;
    chunkBytes = 0;
  }

  /**
   * Closes it once the client has what was said to it; where it does not take that, a later look
   * cuts it off.
   */
  void close() {
    if (!closing) {
      closing = true;
      closingSince = System.nanoTime();
      connection.close();
    }
  }

  /** Closes it whatever still waits for the client. */
  void cutOff() {
    CutOff.cutOff(connection);
  }

  void left() {
    left = true;
    place.leave();
    List.copyOf(exchanges).forEach(Exchange::clientLeft);
  }
}
