package uk.progressstream.grades.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
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

  @Inject ScopedDatabase database;

  @Test
  @DisplayName("More than connections and queue hold is answered 503 at once, the rest is done")
  void theQueueHasAnEnd() {
    SealedScope scope =
        TestKit.current()
            .tokens()
            .sealed(Tokens.schools(UUID.randomUUID(), Set.of(UUID.randomUUID()), "grades:read"));
    AtomicInteger done = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    List<Uni<Integer>> requests =
        IntStream.range(0, REQUESTS).mapToObj(i -> request(scope, done, refused)).toList();

    Uni.join().all(requests).andCollectFailures().await().atMost(WITHIN);

    assertThat(done.get()).isBetween(100, HELD_MAX);
    assertThat(refused.get()).isEqualTo(REQUESTS - done.get());
    done.set(0);
    request(scope, done, refused).await().atMost(WITHIN);
    assertThat(done.get()).as("and afterwards all is as before").isEqualTo(1);
  }

  private Uni<Integer> request(SealedScope scope, AtomicInteger done, AtomicInteger refused) {
    return database
        .inScope(
            scope,
            connection ->
                connection.query("select pg_sleep(0.05)").execute().map(rows -> rows.size()))
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
