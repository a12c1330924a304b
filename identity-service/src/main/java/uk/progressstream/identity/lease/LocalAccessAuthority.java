package uk.progressstream.identity.lease;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import java.util.UUID;
import uk.progressstream.platform.access.AccessAuthority;
import uk.progressstream.platform.access.Revocation;

/** Identity asks itself. */
@ApplicationScoped
public class LocalAccessAuthority implements AccessAuthority {
  // The checks use the database, which uses these checks: looked up when they are needed.
  private final Instance<LeaseCheck> leases;
  private final Instance<RevocationCheck> revocations;

  LocalAccessAuthority(Instance<LeaseCheck> leases, Instance<RevocationCheck> revocations) {
    this.leases = leases;
    this.revocations = revocations;
  }

  @Override
  public Uni<Boolean> isLive(UUID lease, UUID account) {
    return leases.get().isLive(lease, account);
  }

  @Override
  public Uni<List<Revocation>> revocations() {
    return revocations.get().all();
  }
}
