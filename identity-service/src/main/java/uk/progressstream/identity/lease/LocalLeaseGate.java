package uk.progressstream.identity.lease;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.UUID;
import uk.progressstream.platform.access.LeaseGate;
import uk.progressstream.platform.problem.Problem;
import uk.progressstream.platform.scope.SealedScope;

/** Identity asks itself. */
@ApplicationScoped
public class LocalLeaseGate implements LeaseGate {
  private final Instance<LeaseCheck> leases;

  LocalLeaseGate(Instance<LeaseCheck> leases) {
    this.leases = leases;
  }

  @Override
  public Uni<Void> check(SealedScope scope) {
    return scope
        .scope()
        .lease()
        .map(lease -> check(lease, scope.account()))
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  private Uni<Void> check(UUID lease, UUID account) {
    return leases
        .get()
        .isLive(lease, account)
        .chain(
            live ->
                live
                    ? Uni.createFrom().voidItem()
                    : Uni.createFrom().failure(Problem.unauthenticated()));
  }
}
