package uk.progressstream.identity.lease;

import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.UUID;
import uk.progressstream.contracts.access.AccessChecks;
import uk.progressstream.contracts.access.CheckLeaseReply;
import uk.progressstream.contracts.access.CheckLeaseRequest;
import uk.progressstream.contracts.access.RevocationsReply;
import uk.progressstream.contracts.access.RevocationsRequest;
import uk.progressstream.platform.access.Revocation;

/** What a data service asks about access that a token gave earlier. */
@GrpcService
public class AccessChecksGrpc implements AccessChecks {
  private final LeaseCheck leases;
  private final RevocationCheck revocations;

  AccessChecksGrpc(LeaseCheck leases, RevocationCheck revocations) {
    this.leases = leases;
    this.revocations = revocations;
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

  @Override
  @RolesAllowed({
    "peer:ingest",
    "peer:pseudonym",
    "peer:grades",
    "peer:sensitive",
    "peer:audit",
    "peer:breach"
  })
  public Uni<RevocationsReply> revocations(RevocationsRequest request) {
    return revocations.all().map(AccessChecksGrpc::reply);
  }

  private static RevocationsReply reply(List<Revocation> all) {
    return RevocationsReply.newBuilder()
        .addAllRevocations(all.stream().map(AccessChecksGrpc::message).toList())
        .build();
  }

  private static uk.progressstream.contracts.access.Revocation message(Revocation each) {
    return uk.progressstream.contracts.access.Revocation.newBuilder()
        .setAccount(each.account().toString())
        .setToken(each.token().map(UUID::toString).orElse(""))
        .setRevokedAt(each.at().toEpochMilli())
        .build();
  }
}
