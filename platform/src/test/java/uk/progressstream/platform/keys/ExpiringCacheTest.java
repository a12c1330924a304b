package uk.progressstream.platform.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ExpiringCacheTest {
  private final AtomicLong clockNanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final ExpiringCache<String, String> cache =
      new ExpiringCache<>(Duration.ofNanos(10), 2, clockNanos::get);

  @Test
  void anEntryLivesUntilItsLifetimeIsOverHoweverOftenItIsUsed() {
    cache.put("a", "1", cache.nowNanos());
    for (int nanos = 0; nanos < 10; nanos++) {
      assertThat(cache.get("a")).contains("1");
      // The clock wraps around on the way, as System.nanoTime may.
      clockNanos.incrementAndGet();
    }

    assertThat(cache.get("a")).isEmpty();
    assertThat(cache.size()).isZero();
  }

  @Test
  void theDeadAreDroppedWhoeverAsks() {
    cache.put("a", "1", cache.nowNanos());
    clockNanos.addAndGet(10);

    assertThat(cache.get("b")).isEmpty();
    assertThat(cache.size()).isZero();
  }

  @Test
  void aSlowMakingCountsAgainstTheLifetime() {
    long born = cache.nowNanos();
    clockNanos.addAndGet(10);
    cache.put("a", "1", born);

    assertThat(cache.get("a")).isEmpty();
  }

  @Test
  void theOldestEntryGoesWhenThereAreTooMany() {
    cache.put("a", "1", cache.nowNanos());
    cache.put("b", "2", cache.nowNanos());
    cache.put("a", "3", cache.nowNanos());
    cache.put("c", "4", cache.nowNanos());

    assertThat(cache.get("a")).contains("3");
    assertThat(cache.get("b")).isEmpty();
    assertThat(cache.get("c")).contains("4");
  }
}
