package uk.progressstream.platform.access;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.problem.Problem;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.platform.scope.SealedScope;

/**
 * Whether access that was given with a token still stands. Asked before every transaction and
 * between the chunks of a stream.
 */
@ApplicationScoped
public class AccessGate {
  private static final int RETRY_AFTER_SECONDS = 5;

  private final AccessAuthority authority;
  private final RevocationList revocations;

  AccessGate(AccessAuthority authority, RevocationList revocations) {
    this.authority = authority;
    this.revocations = revocations;
  }

  /**
   * Completes where the token was not taken back and the lease that it hangs on, if any, is live;
   * fails with a 401 problem where not, and with 503 where there is no answer: no answer means no
   * data. An answer about a lease is never kept, since the next one may have been taken meanwhile.
   */
  public Uni<Void> check(SealedScope sealed) {
    Scope scope = sealed.scope();
    return revocations
        .current()
        .map(list -> !list.hit(scope))
        .chain(stands -> stands ? holds(scope) : Uni.createFrom().item(false))
        .onFailure()
        .transform(e -> Problem.unavailable(RETRY_AFTER_SECONDS))
        .map(AccessGate::orRefused);
  }

  private Uni<Boolean> holds(Scope scope) {
    return scope
        .lease()
        .map(lease -> authority.isLive(lease, scope.account()))
        .orElseGet(() -> Uni.createFrom().item(true));
  }

  @SuppressWarnings("NullAway") // Mutiny's Uni<Void> carries null.
  private static @Nullable Void orRefused(boolean holds) {
    if (!holds) {
      throw Problem.unauthenticated();
    }
    return null;
  }
}
