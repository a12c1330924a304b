package uk.progressstream.platform.keys;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Holds values for a fixed time after they were asked for, and the latest few of them. Use does not
 * prolong a life: a destroyed key has to be noticed by the busiest caller too.
 */
final class ExpiringCache<K, V> {
  private final long lifetimeNanos;
  private final LongSupplier clockNanos;
  private final Map<K, Held<V>> entries;

  /**
   * @param lifetime of an entry
   * @param entriesMax beyond which the oldest entry goes
   * @param clockNanos a clock that never goes back, such as {@link System#nanoTime}
   */
  ExpiringCache(Duration lifetime, int entriesMax, LongSupplier clockNanos) {
    this.lifetimeNanos = lifetime.toNanos();
    this.clockNanos = clockNanos;
    this.entries =
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, Held<V>> eldest) {
            return size() > entriesMax;
          }
        };
  }

  /** Now, for {@link #put}. */
  long nowNanos() {
    return clockNanos.getAsLong();
  }

  /** What is held under the name and still alive. */
  synchronized Optional<V> get(K name) {
    dropDead();
    Held<V> entry = entries.get(name);
    return entry == null || dead(entry) ? Optional.empty() : Optional.of(entry.value);
  }

  /**
   * Holds a value.
   *
   * @param bornNanos when its making began, so that a slow making does not prolong its life
   */
  synchronized void put(K name, V value, long bornNanos) {
    // Removed first, so that the map's order is that of the latest making.
    entries.remove(name);
    entries.put(name, new Held<>(value, bornNanos));
  }

  /** So that memory does not keep what nobody may use. The eldest come first. */
  private void dropDead() {
    Iterator<Held<V>> eldest = entries.values().iterator();
    while (eldest.hasNext() && dead(eldest.next())) {
      eldest.remove();
    }
  }

  private boolean dead(Held<V> entry) {
    return nowNanos() - entry.bornNanos >= lifetimeNanos;
  }

  synchronized int size() {
    return entries.size();
  }

  private record Held<V>(V value, long bornNanos) {}
}
