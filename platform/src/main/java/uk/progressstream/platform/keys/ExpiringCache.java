package uk.progressstream.platform.keys;

import java.time.Duration;
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
  private final Map<K, Entry<V>> entries;

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
          protected boolean removeEldestEntry(Map.Entry<K, Entry<V>> eldest) {
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
    Entry<V> entry = entries.get(name);
    if (entry == null) {
      return Optional.empty();
    }
    if (nowNanos() - entry.bornNanos >= lifetimeNanos) {
      entries.remove(name);
      return Optional.empty();
    }
    return Optional.of(entry.value);
  }

  /**
   * Holds a value.
   *
   * @param bornNanos when its making began, so that a slow making does not prolong its life
   */
  synchronized void put(K name, V value, long bornNanos) {
    // Removed first, so that the map's order is that of the latest making.
    entries.remove(name);
    entries.put(name, new Entry<>(value, bornNanos));
  }

  private record Entry<V>(V value, long bornNanos) {}
}
