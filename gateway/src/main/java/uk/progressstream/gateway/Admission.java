package uk.progressstream.gateway;

import java.util.HashMap;
import java.util.Map;

/**
 * Lets in as many requests at once as can be carried, and sheds the rest. Each service has a share,
 * so that a slow one can't take all. Used from one event loop only.
 */
final class Admission {
  static final int TOTAL_MAX = 512;
  static final int PER_SERVICE_MAX = 192;

  private final Map<String, Integer> inFlight = new HashMap<>();
  private int total;

  /** Whether there is room; if so, one place is taken until {@link #leave}. */
  boolean enter(String service) {
    int own = inFlight.getOrDefault(service, 0);
    if (total >= TOTAL_MAX || own >= PER_SERVICE_MAX) {
      return false;
    }
    inFlight.put(service, own + 1);
    total++;
    return true;
  }

  /** Gives a place back; nothing where none is taken, so that no mistake makes room. */
  void leave(String service) {
    int own = inFlight.getOrDefault(service, 0);
    if (own > 0) {
      inFlight.put(service, own - 1);
      total--;
    }
  }

  int total() {
    return total;
  }
}
