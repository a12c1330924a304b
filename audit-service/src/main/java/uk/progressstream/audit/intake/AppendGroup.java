package uk.progressstream.audit.intake;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import uk.progressstream.platform.startup.Loops;

/**
 * Group commit: what comes while one transaction runs goes into the next one together. A batch that
 * cannot be appended fails alone.
 *
 * @param <B> a batch
 * @param <R> what is answered for it
 */
final class AppendGroup<B, R> {
  private final int batchesMax;
  private final Duration longest;
  private final Function<List<B>, Uni<List<R>>> transaction;
  private final Deque<Waiting<B, R>> waiting = new ArrayDeque<>();
  private boolean running;
  private long runningSince;

  private record Waiting<B, R>(B batch, UniEmitter<? super R> emitter) {}

  /**
   * A queue in front of a transaction.
   *
   * @param batchesMax of one transaction
   * @param longest that a transaction may take; then all of it fails, and the next begins
   * @param transaction takes batches in their order and answers for each, or changes nothing and
   *     fails
   */
  AppendGroup(int batchesMax, Duration longest, Function<List<B>, Uni<List<R>>> transaction) {
    this.batchesMax = batchesMax;
    this.longest = longest;
    this.transaction = transaction;
  }

  /** Appends with others; completes when it is committed. */
  Uni<R> append(B batch) {
    return Uni.createFrom()
        .emitter(
            emitter -> {
              synchronized (waiting) {
                waiting.add(new Waiting<>(batch, emitter));
              }
              next();
            });
  }

  /** Whether what runs has been running for longer than this. */
  boolean hangs(Duration max) {
    synchronized (waiting) {
      return running && System.nanoTime() - runningSince > max.toNanos();
    }
  }

  private void next() {
    List<Waiting<B, R>> group = new ArrayList<>();
    synchronized (waiting) {
      if (running || waiting.isEmpty()) {
        return;
      }
      running = true;
      runningSince = System.nanoTime();
      while (group.size() < batchesMax && !waiting.isEmpty()) {
        group.add(waiting.remove());
      }
    }
    run(group)
        .onTermination()
        .invoke(
            () -> {
              synchronized (waiting) {
                running = false;
              }
              next();
            })
        .subscribe()
        .with(done -> {}, failure -> {});
  }

  private Uni<Void> run(List<Waiting<B, R>> group) {
    return Loops.within(
            longest,
            Uni.createFrom()
                .deferred(() -> transaction.apply(group.stream().map(Waiting::batch).toList())))
        .invoke(answers -> complete(group, answers))
        .replaceWithVoid()
        .onFailure()
        .recoverWithUni(failure -> failed(group, failure));
  }

  private Uni<Void> failed(List<Waiting<B, R>> group, Throwable failure) {
    if (group.size() == 1 || failure instanceof TimeoutException) {
      group.forEach(each -> each.emitter().fail(failure));
      return Uni.createFrom().voidItem();
    }
    // Which of them it was is seen when each goes alone.
    Uni<Void> all = Uni.createFrom().voidItem();
    for (Waiting<B, R> each : group) {
      all = all.chain(() -> run(List.of(each)));
    }
    return all;
  }

  private static <B, R> void complete(List<Waiting<B, R>> group, List<R> answers) {
    for (int i = 0; i < group.size(); i++) {
      group.get(i).emitter().complete(answers.get(i));
    }
  }
}
