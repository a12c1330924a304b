package uk.progressstream.platform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.platform.problem.Problem;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.platform.scope.ScopeKind;
import uk.progressstream.platform.scope.ScopeText;
import uk.progressstream.platform.scope.SealedScope;

class AccessGateTest {
  private static final UUID ACCOUNT = UUID.randomUUID();
  private static final UUID LEASE = UUID.randomUUID();

  private final Vertx vertx = Vertx.vertx();
  private final Identity identity = new Identity();
  private final RevocationList list = new RevocationList(vertx, identity);
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
      "A list is relied on for five seconds, then identity is asked, then there is no access")
  void noAnswerLater() {
    long now = System.nanoTime();
    assertThat(Revocations.of(List.of(), now).isFresh(now + 4_999_000_000L)).isTrue();
    assertThat(Revocations.of(List.of(), now).isFresh(now + 5_000_000_000L)).isFalse();
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

  private void check(Optional<UUID> lease) {
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
    gate.check(SealedScope.of(ScopeText.write(scope), "1.00")).await().indefinitely();
  }

  private static final class Identity implements AccessAuthority {
    private final AtomicInteger asked = new AtomicInteger();
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
      return answer(revoked);
    }

    private <T> Uni<T> answer(T what) {
      return answers
          ? Uni.createFrom().item(what)
          : Uni.createFrom().failure(new IllegalStateException("no answer"));
    }
  }
}
