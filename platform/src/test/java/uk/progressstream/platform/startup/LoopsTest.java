package uk.progressstream.platform.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eclipse.microprofile.health.HealthCheckResponse.Status.DOWN;
import static org.eclipse.microprofile.health.HealthCheckResponse.Status.UP;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LoopsTest {
  private static final Duration EVERY = Duration.ofMillis(10);
  private static final Duration SILENT = Duration.ofMillis(150);
  private static final Duration NEVER = Duration.ofHours(1);
  private static final long GIVE_UP_NANOS = Duration.ofSeconds(20).toNanos();

  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Loops loops = new Loops(vertx, meters);
  private final AtomicInteger rounds = new AtomicInteger();

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  @DisplayName("A loop whose rounds succeed keeps the service ready")
  void alive() {
    loops.every("works", EVERY, NEVER, () -> Uni.createFrom().item(rounds.incrementAndGet()));

    until(() -> rounds.get() > 5);
    assertThat(loops.call().getStatus()).isEqualTo(UP);
    assertThat(meters.get("loops.silent").tag("loop", "works").gauge().value())
        .isLessThan(NEVER.toSeconds());
  }

  @Test
  @DisplayName("A loop whose rounds fail makes it not ready, by name, until one succeeds")
  void failing() {
    loops.every("works", EVERY, NEVER, () -> Uni.createFrom().voidItem());
    loops.every(
        "fails",
        EVERY,
        SILENT,
        () ->
            rounds.get() == 0
                ? Uni.createFrom().failure(new IllegalStateException())
                : Uni.createFrom().voidItem());

    until(() -> loops.call().getStatus() == DOWN);
    HealthCheckResponse down = loops.call();
    assertThat(down.getData().orElseThrow()).containsOnlyKeys("fails");
    rounds.set(1);
    until(() -> loops.call().getStatus() == UP);
  }

  @Test
  @DisplayName("A round that never ends, or throws, is given up, and the next one begins")
  void hanging() {
    loops.every(
        "hangs",
        EVERY,
        SILENT,
        () ->
            switch (rounds.incrementAndGet()) {
              case 1 -> Uni.createFrom().nothing();
              case 2 -> throw new IllegalStateException();
              default -> Uni.createFrom().voidItem();
            });

    until(() -> rounds.get() > 3);
    until(() -> loops.call().getStatus() == UP);
  }

  @Test
  @DisplayName("A loop of its own rhythm is alive by its beats, and not ready without")
  void watched() {
    Loops.Watched beats = loops.watch("beats", SILENT);

    until(() -> loops.call().getStatus() == DOWN);
    assertThat(loops.call().getData().orElseThrow()).containsOnlyKeys("beats");
    until(
        () -> {
          beats.beat();
          return loops.call().getStatus() == UP;
        });
  }

  private static void until(BooleanSupplier done) {
    long end = System.nanoTime() + GIVE_UP_NANOS;
    while (!done.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
