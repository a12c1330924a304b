package uk.progressstream.system.benchmark;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Puts load on something that answers with whether it did what it should. */
final class Load {
  private static final long DRAIN_SECONDS = 30;

  private Load() {}

  /**
   * Keeps so many requests in flight.
   *
   * @return how many a second were answered well, and how many were not
   */
  static Throughput closed(int inFlight, Duration time, Supplier<Future<Boolean>> request)
      throws InterruptedException {
    Semaphore free = new Semaphore(inFlight);
    AtomicLong good = new AtomicLong();
    AtomicLong bad = new AtomicLong();
    long begin = System.nanoTime();
    long end = begin + time.toNanos();
    while (System.nanoTime() < end) {
      free.acquire();
      request
          .get()
          .onComplete(
              answer -> {
                (answer.succeeded() && answer.result() ? good : bad).incrementAndGet();
                free.release();
              });
    }
    free.tryAcquire(inFlight, DRAIN_SECONDS, TimeUnit.SECONDS);
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new Throughput(good.get() / seconds, bad.get());
  }

  /**
   * Sends at a fixed rate, whatever the answers do. A latency counts from the moment at which its
   * request was to be sent, so that a server which stalls cannot hide the requests that it held up.
   */
  static Latencies open(int perSecond, Duration time, Supplier<Future<Boolean>> request)
      throws InterruptedException {
    int count = (int) (perSecond * time.toMillis() / 1000);
    double[] milliseconds = new double[count];
    AtomicIntegerArray good = new AtomicIntegerArray(count);
    AtomicInteger bad = new AtomicInteger();
    CountDownLatch answered = new CountDownLatch(count);
    long begin = System.nanoTime();
    for (int i = 0; i < count; i++) {
      int index = i;
      long intended = begin + (long) (i * 1e9 / perSecond);
      for (long now = System.nanoTime(); now < intended; now = System.nanoTime()) {
        LockSupport.parkNanos(intended - now);
      }
      request
          .get()
          .onComplete(
              answer -> {
                milliseconds[index] = (System.nanoTime() - intended) / 1e6;
                if (answer.succeeded() && answer.result()) {
                  good.set(index, 1);
                } else {
                  bad.incrementAndGet();
                }
                answered.countDown();
              });
    }
    answered.await(DRAIN_SECONDS, TimeUnit.SECONDS);
    double[] well =
        java.util.stream.IntStream.range(0, count)
            .filter(i -> good.get(i) == 1)
            .mapToDouble(i -> milliseconds[i])
            .toArray();
    return new Latencies(new Figures(Arrays.copyOf(well, well.length)), count - well.length);
  }

  /**
   * Of a closed loop.
   *
   * @param perSecond answered well
   * @param failures everything else
   */
  record Throughput(double perSecond, long failures) {}

  /**
   * Of an open loop.
   *
   * @param milliseconds of what was answered well
   * @param failures everything else
   */
  record Latencies(Figures milliseconds, long failures) {
    @Override
    public String toString() {
      return "p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, longest %.1f ms, %d answered, %d failed"
          .formatted(
              milliseconds.median(),
              milliseconds.quantile(0.9),
              milliseconds.quantile(0.99),
              milliseconds.quantile(1),
              milliseconds.count(),
              failures);
    }
  }
}
