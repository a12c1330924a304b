package uk.progressstream.identity.seal;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.outbox.Outbox;

/**
 * Records what was done with every school that it concerns, in the transaction in which it was
 * done: also with schools that the doer's own scope does not hold, such as the other party of a
 * cluster. To that end the transaction goes on under a scope that permits nothing but the
 * recording; so this comes last.
 */
@ApplicationScoped
public class Witness {
  private final OwnScopes scopes;
  private final Outbox outbox;

  Witness(OwnScopes scopes, Outbox outbox) {
    this.scopes = scopes;
    this.outbox = outbox;
  }

  /**
   * Records all of them; within one school's log in their order.
   *
   * @param client the connection of the transaction in which it was done; a pool where nothing was
   *     done that a transaction would have to hold together with the records
   */
  public Uni<Void> record(SqlClient client, UUID actor, List<Deed> deeds) {
    if (deeds.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return outbox.record(
        client, scopes.witness(actor, schools(deeds)), deeds.stream().map(Deed::event).toList());
  }

  private static Set<UUID> schools(List<Deed> deeds) {
    Set<UUID> schools = new HashSet<>();
    deeds.forEach(deed -> schools.add(deed.school()));
    schools.remove(AuditEvent.COMPANY);
    return schools;
  }
}
