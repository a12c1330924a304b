package uk.progressstream.grades.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.problem.Problem;
import uk.progressstream.platform.scope.SealedScope;
import uk.progressstream.provisioning.testing.ServiceTestResource;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

@QuarkusTest
@WithTestResource(
    value = ServiceTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "grades"))
class TooManyRequestsTest {
  private static final Duration WITHIN = Duration.ofSeconds(30);
  private static final int REQUESTS = 1000;

  /** Eight connections and a queue of 200 before each; some requests are done while others come. */
  private static final int HELD_MAX = 300;

  /** An account's share is 50; some of its requests are done while others come. */
  private static final int SHARE_MAX = 200;

  /** And fewer than the queue holds. */
  private static final int MORE_THAN_A_SHARE = 60;

  private static final int OTHERS = 40;
  private static final int CONNECTIONS = 8;

  @Inject ScopedDatabase database;
  @Inject MeterRegistry meters;

  @Test
  @DisplayName("More than connections and queue hold is answered 503 at once, the rest is done")
  void theQueueHasAnEnd() {
    AtomicInteger done = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    List<Uni<Integer>> requests =
        IntStream.range(0, REQUESTS).mapToObj(i -> request(somebody(), done, refused)).toList();

    Uni.join().all(requests).andCollectFailures().await().atMost(WITHIN);

    assertThat(done.get()).isBetween(100, HELD_MAX);
    assertThat(refused.get()).isEqualTo(REQUESTS - done.get());
    done.set(0);
    request(somebody(), done, refused).await().atMost(WITHIN);
    assertThat(done.get()).as("and afterwards all is as before").isEqualTo(1);
  }

  @Test
  @DisplayName("One account fills no queue: what is beyond its share is refused, others are served")
  void nobodyTakesAllPlaces() {
    SealedScope hasty = somebody();
    AtomicInteger done = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    AtomicInteger others = new AtomicInteger();
    List<Uni<Integer>> requests = new ArrayList<>();
    IntStream.range(0, REQUESTS).forEach(i -> requests.add(request(hasty, done, refused)));
    IntStream.range(0, OTHERS).forEach(i -> requests.add(request(somebody(), others, refused)));

    Uni.join().all(requests).andCollectFailures().await().atMost(WITHIN);

    assertThat(others.get()).isEqualTo(OTHERS);
    assertThat(done.get()).isBetween(1, SHARE_MAX);
  }

  @Test
  @DisplayName("Whoever does not wait for their work keeps their place until it is done")
  void leavingFreesNoPlace() {
    SealedScope hasty = somebody();
    for (int i = 0; i < MORE_THAN_A_SHARE; i++) {
      work(hasty, "select pg_sleep(0.5)").subscribe().with(all -> {}, failure -> {}).cancel();
    }

    assertThatThrownBy(() -> work(hasty, "select 1").await().atMost(WITHIN))
        .matches(TooManyRequestsTest::isUnavailable);
    work(hasty, "select 1")
        .onFailure(TooManyRequestsTest::isUnavailable)
        .retry()
        .withBackOff(Duration.ofMillis(50), Duration.ofMillis(200))
        .expireIn(WITHIN.toMillis())
        .await()
        .atMost(WITHIN);
  }

  @Test
  @DisplayName("Who waits for a connection in vain is told to come again")
  void waitingHasAnEnd() {
    List<Uni<Integer>> longOnes =
        IntStream.range(0, CONNECTIONS)
            .mapToObj(i -> work(somebody(), "select pg_sleep(12)"))
            .toList();
    CompletableFuture<List<Integer>> held =
        Uni.join().all(longOnes).andFailFast().subscribeAsCompletionStage();

    assertThatThrownBy(() -> work(somebody(), "select 1").await().atMost(WITHIN))
        .matches(TooManyRequestsTest::isUnavailable);
    assertThat(held).as("all connections are held").isNotDone();
    database.reserved(connection -> connection.query("select 1").execute()).await().atMost(WITHIN);
    assertThat(held).as("what is reserved did not wait for them").isNotDone();
    held.join();
  }

  @Test
  @DisplayName("Whatever a service does by itself is watched")
  void watchedLoops() {
    for (String loop :
        List.of("outbox-relay", "outbox-purge", "download-sweep", "revocation-list")) {
      assertThat(meters.find("loops.silent").tag("loop", loop).gauge()).as(loop).isNotNull();
    }
  }

  @Test
  @DisplayName("A statement, a lock and a transaction take no longer than they may")
  void limitsOfTime() {
    for (String limit :
        List.of(
            "statement_timeout",
            "lock_timeout",
            "idle_in_transaction_session_timeout",
            "transaction_timeout")) {
      String value =
          database
              .inScope(
                  somebody(),
                  connection ->
                      connection
                          .query("show " + limit)
                          .execute()
                          .map(rows -> rows.iterator().next().getString(0)))
              .await()
              .atMost(WITHIN);
      assertThat(value).as(limit).matches("10s|15s|30s|1min");
    }
    assertThatThrownBy(
            () ->
                work(somebody(), "set local statement_timeout = 50; select pg_sleep(5)")
                    .await()
                    .atMost(WITHIN))
        .matches(TooManyRequestsTest::isUnavailable);
  }

  private static SealedScope somebody() {
    return TestKit.current()
        .tokens()
        .sealed(Tokens.schools(UUID.randomUUID(), Set.of(UUID.randomUUID()), "grades:read"));
  }

  private Uni<Integer> work(SealedScope scope, String sql) {
    return database.inScope(
        scope, connection -> connection.query(sql).execute().map(rows -> rows.size()));
  }

  private Uni<Integer> request(SealedScope scope, AtomicInteger done, AtomicInteger refused) {
    return work(scope, "select pg_sleep(0.02)")
        .invoke(done::incrementAndGet)
        .onFailure(TooManyRequestsTest::isUnavailable)
        .recoverWithItem(
            () -> {
              refused.incrementAndGet();
              return 0;
            });
  }

  private static boolean isUnavailable(Throwable failure) {
    return failure instanceof Problem problem && problem.status() == 503;
  }
}
