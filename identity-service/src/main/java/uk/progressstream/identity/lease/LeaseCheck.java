package uk.progressstream.identity.lease;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import uk.progressstream.identity.seal.OwnScopes;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.scope.SealedScope;

/** Tells whether a lease is live, whoever asks. */
@ApplicationScoped
public class LeaseCheck {
  private final ScopedDatabase database;
  private final LeaseRepository repository;
  private final OwnScopes scopes;

  LeaseCheck(ScopedDatabase database, LeaseRepository repository, OwnScopes scopes) {
    this.database = database;
    this.repository = repository;
    this.scopes = scopes;
  }

  /** Whether this is the live lease of this account; being asked counts as its use. */
  Uni<Boolean> isLive(UUID lease, UUID account) {
    SealedScope scope = scopes.leaseCheck();
    return database.call(
        scope, account, client -> repository.isLive(client, scope, lease, account));
  }
}
