package uk.progressstream.gateway;

import io.vertx.core.http.HttpConnection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/** One connection, and what is going on in it. */
final class Guest {
  /** More of these between two looks are a flood: each costs us an answer. */
  private static final int CONTROL_FRAMES_MAX = 200;

  /**
   * More body chunks than this between two looks, of fewer than 16 bytes on average, are a flood.
   */
  private static final int CHUNKS_MAX = 5000;

  private static final int CHUNK_BYTES_MIN = 16;

  /**
   * More answers of our own between two looks are a flood: no service and no place slows them down.
   */
  private static final int OWN_ANSWERS_MAX = 500;

  private static final Logger LOG = Logger.getLogger(Guest.class);

  private final HttpConnection connection;
  private final Places.Place place;
  private final PaceSettings pace;
  private final Set<Exchange> exchanges = new HashSet<>();
  private final RequestDecoder requests;
  private long quietSince = System.nanoTime();
  private boolean asked;
  private boolean closing;
  private boolean cut;
  private long closingSince;
  private int controlFrames;
  private long chunks;
  private long chunkBytes;
  private int ownAnswers;

  /**
   * A connection that was let in.
   *
   * @param place its own
   * @param heads counts the bytes of unfinished heads
   */
  Guest(HttpConnection connection, Places.Place place, Places.Place heads, PaceSettings pace) {
    this.connection = connection;
    this.place = place;
    this.pace = pace;
    this.requests = new RequestDecoder(heads, this::cutOff);
    Wire.decode(connection, requests);
    Wire.takeTurns(connection);
    watchControlFrames();
  }

  void add(Exchange exchange) {
    asked = true;
    exchanges.add(exchange);
  }

  void remove(Exchange exchange) {
    exchanges.remove(exchange);
    quietSince = System.nanoTime();
    if (requests.answered()) {
      close();
    }
  }

  /** Counts a piece of a body. */
  void heard(int bytes) {
    chunks++;
    chunkBytes += bytes;
  }

  /** Counts an answer that no service gives, and tells whether it may be given. */
  boolean mayAnswer() {
    ownAnswers++;
    return ownAnswers <= OWN_ANSWERS_MAX;
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
    if (controlFrames > CONTROL_FRAMES_MAX || crumbs) {
      cutOff();
    } else if (exchanges.isEmpty() && now - quietSince > quietMax) {
      close();
    }
    controlFrames = 0;
    ownAnswers = 0;
    chunks = 0;
    chunkBytes = 0;
  }

  /** Whether everything that it still sends is ignored. */
  boolean isClosing() {
    return closing;
  }

  /**
   * Closes the connection after sending what is queued. If the client does not read it in time, a
   * later look cuts the connection off.
   */
  void close() {
    if (!closing) {
      closes();
      connection.close();
    }
  }

  private void closes() {
    closing = true;
    closingSince = System.nanoTime();
  }

  /** Closes the connection without sending what is queued. */
  void cutOff() {
    if (!cut) {
      cut = true;
      closes();
      Wire.cutOff(connection);
    }
  }

  void left() {
    place.leave();
    requests.left();
    List.copyOf(exchanges).forEach(Exchange::clientLeft);
  }
}
