package uk.progressstream.system.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import uk.progressstream.system.running.RunningSystem;

/**
 * One connection for each door and service, used again as long as it is open. So whatever was odd
 * about a request, the next one shows that nothing of it was left on the connection.
 */
public final class KeptWires implements AutoCloseable {
  private final RunningSystem system;
  private final Map<String, Wire> wires = new HashMap<>();

  /** Of this system. */
  public KeptWires(RunningSystem system) {
    this.system = system;
  }

  /**
   * Sends a request and reads its answer.
   *
   * @throws IOException also for an answer that is framed wrongly, or none
   */
  public Reply exchange(Door door, String service, Attempt attempt) throws IOException {
    String place = door + service;
    boolean kept = wires.containsKey(place);
    Wire wire = wires.computeIfAbsent(place, key -> door.open(system, service));
    try {
      Reply reply = wire.exchange(attempt);
      if (reply.isLast()) {
        close(wires.remove(place));
      }
      return reply;
    } catch (IOException e) {
      close(wires.remove(place));
      if (kept && e instanceof EOFException) {
        // A kept connection may be closed at any time; a new one is answered.
        return exchange(door, service, attempt);
      }
      throw e;
    }
  }

  @Override
  public void close() {
    wires.values().forEach(KeptWires::close);
    wires.clear();
  }

  private static void close(Wire wire) {
    try {
      wire.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
