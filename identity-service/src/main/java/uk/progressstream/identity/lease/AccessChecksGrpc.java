package uk.progressstream.identity.lease;

import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import java.util.UUID;
import uk.progressstream.contracts.access.AccessChecks;
import uk.progressstream.contracts.access.CheckLeaseReply;
import uk.progressstream.contracts.access.CheckLeaseRequest;

/** What a data service asks about the lease that a token hangs on. */
@GrpcService
public class AccessChecksGrpc implements AccessChecks {
  private final LeaseCheck leases;

  AccessChecksGrpc(LeaseCheck leases) {
    this.leases = leases;
  }

  @Override
  @RolesAllowed({
    "peer:ingest",
    "peer:pseudonym",
    "peer:grades",
    "peer:sensitive",
    "peer:audit",
    "peer:breach"
  })
  public Uni<CheckLeaseReply> checkLease(CheckLeaseRequest request) {
    UUID lease = UUID.fromString(request.getLease());
    UUID account = UUID.fromString(request.getAccount());
    return leases
        .isLive(lease, account)
        .map(live -> CheckLeaseReply.newBuilder().setLive(live).build());
  }
}
