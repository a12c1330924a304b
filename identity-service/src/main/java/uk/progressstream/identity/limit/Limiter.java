package uk.progressstream.identity.limit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A token bucket for each of whatever is limited. Those that have not been seen for an hour, and
 * the least used beyond 100,000, are forgotten: their bucket would be full again, or they are one
 * of a flood of invented ones.
 *
 * @param <K> what is limited
 */
final class Limiter<K> {
  private static final int KEYS_MAX = 100_000;
  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final LoadingCache<K, Bucket> buckets;

  Limiter(int burst, int perMinute, TimeMeter clock) {
    Bandwidth bandwidth =
        Bandwidth.builder().capacity(burst).refillGreedy(perMinute, Duration.ofMinutes(1)).build();
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(KEYS_MAX)
            .expireAfterAccess(REMEMBERED)
            .build(
                key -> Bucket.builder().addLimit(bandwidth).withCustomTimePrecision(clock).build());
  }

  /** Takes one; 0, or the whole seconds to wait where there is none left. */
  int take(K key) {
    ConsumptionProbe probe = buckets.get(key).tryConsumeAndReturnRemaining(1);
    return probe.isConsumed() ? 0 : (int) (probe.getNanosToWaitForRefill() / NANOS_PER_SECOND) + 1;
  }
}
