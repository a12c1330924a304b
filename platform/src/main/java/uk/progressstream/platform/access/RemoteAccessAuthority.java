package uk.progressstream.platform.access;

import io.quarkus.arc.DefaultBean;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.progressstream.contracts.access.AccessChecks;
import uk.progressstream.contracts.access.CheckLeaseReply;
import uk.progressstream.contracts.access.CheckLeaseRequest;
import uk.progressstream.contracts.access.RevocationsReply;
import uk.progressstream.contracts.access.RevocationsRequest;

/** Asks identity. */
@DefaultBean
@ApplicationScoped
public class RemoteAccessAuthority implements AccessAuthority {
  private final AccessChecks identity;

  RemoteAccessAuthority(@GrpcClient("identity") AccessChecks identity) {
    this.identity = identity;
  }

  @Override
  public Uni<Boolean> isLive(UUID lease, UUID account) {
    CheckLeaseRequest request =
        CheckLeaseRequest.newBuilder()
            .setLease(lease.toString())
            .setAccount(account.toString())
            .build();
    return identity.checkLease(request).map(CheckLeaseReply::getLive);
  }

  @Override
  public Uni<List<Revocation>> revocations() {
    return identity
        .revocations(RevocationsRequest.getDefaultInstance())
        .map(RemoteAccessAuthority::read);
  }

  private static List<Revocation> read(RevocationsReply reply) {
    return reply.getRevocationsList().stream().map(RemoteAccessAuthority::read).toList();
  }

  private static Revocation read(uk.progressstream.contracts.access.Revocation each) {
    return new Revocation(
        UUID.fromString(each.getAccount()),
        each.getToken().isEmpty()
            ? Optional.empty()
            : Optional.of(UUID.fromString(each.getToken())),
        Instant.ofEpochMilli(each.getRevokedAt()));
  }
}
