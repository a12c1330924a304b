package uk.progressstream.platform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.platform.problem.Problem;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.platform.scope.ScopeKind;
import uk.progressstream.platform.scope.ScopeText;
import uk.progressstream.platform.scope.SealedScope;
import uk.progressstream.platform.startup.Loops;

class AccessGateTest {
  private static final UUID ACCOUNT = UUID.randomUUID();
  private static final UUID LEASE = UUID.randomUUID();
  private static final long PAUSE_NANOS = 20_000_000;

  private final Vertx vertx = Vertx.vertx();
  private final Identity identity = new Identity();
  private final RevocationList list =
      new RevocationList(new Loops(vertx, new SimpleMeterRegistry()), identity);
  private final AccessGate gate = new AccessGate(identity, list);

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  @DisplayName("What was not taken back is let through, and the list serves more than one request")
  void stands() {
    check(Optional.empty());
    check(Optional.empty());

    assertThat(identity.asked.get()).isEqualTo(1);
  }

  @Test
  @DisplayName("A token that was taken back is refused as not signed in")
  void takenBack() {
    identity.revoked = List.of(new Revocation(ACCOUNT, Optional.empty(), Instant.now()));

    assertRefused(Optional.empty(), 401);
  }

  @Test
  @DisplayName("A lease that is not live is refused, whatever was asked before")
  void leaseOver() {
    identity.live = true;
    check(Optional.of(LEASE));
    identity.live = false;

    assertRefused(Optional.of(LEASE), 401);
  }

  @Test
  @DisplayName("No list was ever to be had: no access")
  void noAnswerAtFirst() {
    identity.answers = false;

    assertRefused(Optional.empty(), 503);
  }

  @Test
  @DisplayName(
      "A list that cannot be renewed any more is relied on for seconds, then nobody enters")
  void noAnswerLater() {
    check(Optional.empty());
    identity.answers = false;
    check(Optional.empty());
    Instant end = Instant.now().plusSeconds(10);

    while (passes()) {
      assertThat(Instant.now()).as("an old list is relied on").isBefore(end);
      LockSupport.parkNanos(PAUSE_NANOS);
    }

    assertRefused(Optional.empty(), 503);
    identity.answers = true;
    check(Optional.empty());
  }

  @Test
  @DisplayName("A list is as old as the question that it answers, and relied on for five seconds")
  void fiveSeconds() {
    long now = System.nanoTime();
    assertThat(Revocations.of(List.of(), now).isFresh(now + 4_999_000_000L)).isTrue();
    assertThat(Revocations.of(List.of(), now).isFresh(now + 5_000_000_000L)).isFalse();
  }

  @Test
  @DisplayName("Without a list all requests share one question, and its failure as well")
  void oneQuestion() {
    List<Integer> outcomes = new CopyOnWriteArrayList<>();
    for (boolean answered : new boolean[] {false, true}) {
      CompletableFuture<List<Revocation>> answer = new CompletableFuture<>();
      identity.pending.add(answer);
      for (int i = 0; i < 100; i++) {
        gate.check(teacher(Optional.empty()))
            .subscribe()
            .with(done -> outcomes.add(200), e -> outcomes.add(((Problem) e).status()));
      }
      assertThat(identity.pending).as("asked").isEmpty();
      if (answered) {
        answer.complete(List.of());
      } else {
        answer.completeExceptionally(new IllegalStateException("no answer"));
      }
    }

    assertThat(outcomes.subList(0, 100)).containsOnly(503);
    assertThat(outcomes.subList(100, 200)).containsOnly(200);
    assertThat(identity.asked.get()).isEqualTo(2);
  }

  @Test
  @DisplayName(
      "A question that hangs keeps nobody waiting for good, and the next one is asked anew")
  void hangs() {
    identity.pending.add(new CompletableFuture<>());

    assertRefused(Optional.empty(), 503);
    check(Optional.empty());
    assertThat(identity.asked.get()).isEqualTo(2);
  }

  @Test
  @DisplayName("No answer about a lease: no access, the list notwithstanding")
  void noAnswerAboutTheLease() {
    check(Optional.empty());
    identity.answers = false;

    check(Optional.empty());
    assertRefused(Optional.of(LEASE), 503);
  }

  private void assertRefused(Optional<UUID> lease, int status) {
    assertThatThrownBy(() -> check(lease))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.status()).isEqualTo(status));
  }

  private boolean passes() {
    try {
      check(Optional.empty());
      return true;
    } catch (Problem refused) {
      return false;
    }
  }

  private void check(Optional<UUID> lease) {
    gate.check(teacher(lease)).await().indefinitely();
  }

  private static SealedScope teacher(Optional<UUID> lease) {
    Scope scope =
        new Scope(
            UUID.randomUUID(),
            ACCOUNT,
            Instant.ofEpochSecond(Instant.now().getEpochSecond()).plus(Scope.LIFETIME),
            lease,
            "support",
            Set.of("grades:read"),
            ScopeKind.NONE,
            Set.of(),
            Set.of());
    return SealedScope.of(ScopeText.write(scope), "1.00");
  }

  private static final class Identity implements AccessAuthority {
    private final AtomicInteger asked = new AtomicInteger();
    private final Queue<CompletableFuture<List<Revocation>>> pending = new ArrayDeque<>();
    private List<Revocation> revoked = List.of();
    private boolean live;
    private boolean answers = true;

    @Override
    public Uni<Boolean> isLive(UUID lease, UUID account) {
      return answer(live);
    }

    @Override
    public Uni<List<Revocation>> revocations() {
      asked.incrementAndGet();
      return pending.isEmpty()
          ? answer(revoked)
          : Uni.createFrom().completionStage(pending.remove());
    }

    private <T> Uni<T> answer(T what) {
      return answers
          ? Uni.createFrom().item(what)
          : Uni.createFrom().failure(new IllegalStateException("no answer"));
    }
  }
}
