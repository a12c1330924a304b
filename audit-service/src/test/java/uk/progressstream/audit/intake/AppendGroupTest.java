package uk.progressstream.audit.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AppendGroupTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final int BAD = -1;

  private final List<List<Integer>> transactions = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private final CompletableFuture<Void> gate = new CompletableFuture<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(16);
  // One that nobody who waits for an answer can hold.
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final ExecutorService database = Executors.newSingleThreadExecutor();
  private final AppendGroup<Integer, String> group =
      new AppendGroup<>(4, LONGEST, this::transaction);

  @AfterEach
  void stop() {
    threads.shutdownNow();
    database.shutdownNow();
  }

  @Test
  @DisplayName("what comes while a transaction runs goes into the next ones, in its order")
  void together() {
    List<CompletableFuture<String>> answers =
        IntStream.rangeClosed(1, 10)
            .mapToObj(i -> group.append(i).subscribeAsCompletionStage())
            .toList();
    assertThat(transactions).containsExactly(List.of(1));
    gate.complete(null);

    for (int i = 1; i <= 10; i++) {
      assertThat(answers.get(i - 1).join()).isEqualTo("answer " + i);
    }
    assertThat(transactions)
        .containsExactly(List.of(1), List.of(2, 3, 4, 5), List.of(6, 7, 8, 9), List.of(10));
    assertThat(mostAtOnce).hasValue(1);
  }

  @Test
  @DisplayName("one that never ends fails with all in its transaction, and the next ones go on")
  void hungOnesEnd() {
    AppendGroup<Integer, String> hangs =
        new AppendGroup<>(
            4,
            Duration.ofMillis(200),
            batch ->
                batch.contains(1)
                    ? Uni.createFrom().nothing()
                    : Uni.createFrom().item(batch.stream().map(i -> "answer " + i).toList()));

    CompletableFuture<String> hung = hangs.append(1).subscribeAsCompletionStage();
    CompletableFuture<String> next = hangs.append(2).subscribeAsCompletionStage();
    assertThat(hangs.hangs(Duration.ofHours(1))).isFalse();
    assertThat(hangs.hangs(Duration.ZERO)).isTrue();

    assertThat(hung).failsWithin(Duration.ofSeconds(10));
    assertThat(next.join()).isEqualTo("answer 2");
    assertThat(hangs.hangs(Duration.ZERO)).isFalse();
  }

  @Test
  @DisplayName("one that cannot be appended fails alone, and the next ones go on")
  void aloneFails() {
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int batch : new int[] {1, 2, BAD, 3}) {
      answers.add(group.append(batch).subscribeAsCompletionStage());
    }
    gate.complete(null);

    assertThat(answers.get(0).join()).isEqualTo("answer 1");
    assertThat(answers.get(1).join()).isEqualTo("answer 2");
    assertThatThrownBy(() -> answers.get(2).join())
        .isInstanceOf(CompletionException.class)
        .hasRootCauseMessage("bad");
    assertThat(answers.get(3).join()).isEqualTo("answer 3");
    assertThat(group.append(4).await().atMost(SOON)).isEqualTo("answer 4");
  }

  @Test
  @DisplayName("from many threads at once: each is answered once, no two transactions at a time")
  void manyThreads() {
    gate.complete(null);
    List<CompletableFuture<String>> answers =
        IntStream.rangeClosed(1, 500)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> group.append(i).await().atMost(SOON), threads))
            .toList();

    assertThat(answers.stream().map(CompletableFuture::join).distinct()).hasSize(500);
    assertThat(transactions.stream().mapToInt(List::size).sum()).isEqualTo(500);
    assertThat(mostAtOnce).hasValue(1);
  }

  private Uni<List<String>> transaction(List<Integer> batches) {
    mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
    transactions.add(batches);
    return Uni.createFrom()
        .completionStage(gate)
        .emitOn(database)
        .map(
            open -> {
              if (batches.contains(BAD)) {
                throw new IllegalStateException("bad");
              }
              return batches.stream().map(i -> "answer " + i).toList();
            })
        .onTermination()
        .invoke(atOnce::decrementAndGet);
  }
}
