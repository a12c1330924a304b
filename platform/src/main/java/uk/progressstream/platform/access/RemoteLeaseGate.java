package uk.progressstream.platform.access;

import io.quarkus.arc.DefaultBean;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import uk.progressstream.contracts.access.AccessChecks;
import uk.progressstream.contracts.access.CheckLeaseReply;
import uk.progressstream.contracts.access.CheckLeaseRequest;
import uk.progressstream.platform.problem.Problem;
import uk.progressstream.platform.scope.SealedScope;

/**
 * Asks identity each time; an answer is never kept, since the next lease may have been taken
 * meanwhile.
 */
@DefaultBean
@ApplicationScoped
public class RemoteLeaseGate implements LeaseGate {
  private static final int RETRY_AFTER_SECONDS = 5;

  private final AccessChecks identity;

  RemoteLeaseGate(@GrpcClient("identity") AccessChecks identity) {
    this.identity = identity;
  }

  @Override
  public Uni<Void> check(SealedScope scope) {
    return scope
        .scope()
        .lease()
        .map(lease -> ask(lease, scope.account()))
        .orElse(Uni.createFrom().voidItem());
  }

  private Uni<Void> ask(UUID lease, UUID account) {
    CheckLeaseRequest request =
        CheckLeaseRequest.newBuilder()
            .setLease(lease.toString())
            .setAccount(account.toString())
            .build();
    return identity
        .checkLease(request)
        .onFailure()
        .transform(e -> Problem.unavailable(RETRY_AFTER_SECONDS))
        .map(RemoteLeaseGate::liveOrRefused);
  }

  @SuppressWarnings("NullAway") // Mutiny's Uni<Void> carries null.
  private static Void liveOrRefused(CheckLeaseReply reply) {
    if (!reply.getLive()) {
      throw Problem.unauthenticated();
    }
    return null;
  }
}
