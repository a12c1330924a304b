package uk.progressstream.platform.startup;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Default;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Everything that a service does by itself again and again, and the watch over it: a loop that has
 * been silent for too long makes the service not ready, by the loop's name.
 */
@Default
@Readiness
@ApplicationScoped
public class Loops implements HealthCheck {
  private static final Logger LOG = Logger.getLogger(Loops.class);

  private final Vertx vertx;
  private final MeterRegistry meters;
  private final List<Watched> watched = new CopyOnWriteArrayList<>();
  private volatile boolean stopped;

  /** A watch over nothing yet. */
  public Loops(Vertx vertx, MeterRegistry meters) {
    this.vertx = vertx;
    this.meters = meters;
  }

  void stop(@Observes ShutdownEvent event) {
    stopped = true;
  }

  /**
   * Runs rounds until the service stops, never two at once. A round that fails leaves the loop
   * silent; one that takes longer than the loop may be silent is given up, and the next begins.
   *
   * @param name as readiness and the metric {@code loops.silent} call it
   */
  public void every(String name, Duration period, Duration silentMax, Supplier<Uni<?>> round) {
    Watched loop = watch(name, silentMax);
    AtomicBoolean running = new AtomicBoolean();
    vertx.setPeriodic(
        period.toMillis(),
        timer -> {
          if (stopped) {
            vertx.cancelTimer(timer);
          } else if (running.compareAndSet(false, true)) {
            within(silentMax, Uni.createFrom().deferred(() -> round.get().replaceWithVoid()))
                .onTermination()
                .invoke(() -> running.set(false))
                .subscribe()
                .with(done -> loop.beat(), loop::failed);
          }
        });
  }

  /**
   * Watches a loop that has a rhythm of its own; it says that it is alive by {@link Watched#beat}.
   */
  public Watched watch(String name, Duration silentMax) {
    Watched loop = new Watched(name, silentMax);
    watched.add(loop);
    meters.gauge(
        "loops.silent",
        Tags.of("loop", name),
        loop,
        each -> TimeUnit.NANOSECONDS.toSeconds(each.silentNanos()));
    return loop;
  }

  /** Fails what has no result in time: whatever it waited for may never answer. */
  public static <T> Uni<T> within(Duration max, Uni<T> work) {
    return work.ifNoItem().after(max).fail();
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("loops").up();
    for (Watched loop : watched) {
      if (loop.isSilent()) {
        answer.down().withData(loop.name, TimeUnit.NANOSECONDS.toSeconds(loop.silentNanos()));
      }
    }
    return answer.build();
  }

  /** One loop under watch. */
  public static final class Watched {
    private final String name;
    private final Duration silentMax;
    private volatile long lastNanos = System.nanoTime();
    private volatile boolean failing;

    private Watched(String name, Duration silentMax) {
      this.name = name;
      this.silentMax = silentMax;
    }

    /** It is alive. */
    public void beat() {
      lastNanos = System.nanoTime();
      if (failing) {
        failing = false;
        LOG.infof("%s goes on", name);
      }
    }

    /** Said once, not each round. */
    private void failed(Throwable failure) {
      if (!failing) {
        failing = true;
        LOG.warnf("%s does not get on: %s", name, failure.getClass().getName());
      }
    }

    private long silentNanos() {
      return System.nanoTime() - lastNanos;
    }

    private boolean isSilent() {
      return silentNanos() > silentMax.toNanos();
    }
  }
}
