package uk.progressstream.identity.seal;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.outbox.Outbox;
import uk.progressstream.platform.scope.SealedScope;

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
   * Records all of them; within one school's log in their order. The schools are taken in one order
   * by everybody: each log is locked until the commit, and two employees who change places would
   * otherwise wait for each other.
   */
  public Uni<Void> record(SqlConnection connection, UUID actor, List<Deed> deeds) {
    if (deeds.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    SealedScope scope = scopes.witness(actor, schools(deeds));
    List<Deed> inOrder =
        deeds.stream().sorted(Comparator.comparing(deed -> deed.school().toString())).toList();
    return ScopedDatabase.pipelined(
        scopes.enter(connection, scope), recordAll(connection, inOrder));
  }

  private Uni<Void> recordAll(SqlConnection connection, List<Deed> deeds) {
    return Multi.createFrom()
        .iterable(deeds)
        .onItem()
        .transformToUniAndConcatenate(deed -> outbox.record(connection, deed.event()))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private static Set<UUID> schools(List<Deed> deeds) {
    Set<UUID> schools = new HashSet<>();
    deeds.forEach(deed -> schools.add(deed.school()));
    schools.remove(AuditEvent.COMPANY);
    return schools;
  }
}
