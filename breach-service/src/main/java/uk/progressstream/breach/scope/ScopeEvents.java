package uk.progressstream.breach.scope;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.outbox.Outbox;

/** What this feature tells the log. */
@ApplicationScoped
public class ScopeEvents {
  private final Outbox outbox;

  ScopeEvents(Outbox outbox) {
    this.outbox = outbox;
  }

  /** A person confirmed affected schools: how many that were not confirmed before. */
  Uni<Void> confirmed(SqlConnection connection, Caller caller, UUID breach, int schools) {
    if (schools == 0) {
      return Uni.createFrom().voidItem();
    }
    AuditEvent event =
        AuditEvent.of("breach.scope-confirmed", AuditEvent.COMPANY)
            .actor(caller)
            .resource("breach")
            .concerns(breach)
            .filter(Map.of("schools", Integer.toString(schools)));
    return outbox.record(connection, event).replaceWithVoid();
  }

  /** The logs were read for a breach; each school's own log has its errand besides. */
  Uni<UUID> read(SqlConnection connection, Caller caller, BreachScope scope) {
    int schools = scope.affected().size() + scope.notAffected().size();
    return outbox.record(
        connection,
        AuditEvent.of("breach.scope-read", AuditEvent.COMPANY)
            .actor(caller)
            .resource("breach")
            .concerns(scope.breach())
            .filter(
                Map.of(
                    "windowFrom", scope.from().toString(),
                    "windowTo", scope.to().toString(),
                    "schools", Integer.toString(schools),
                    "affected", Integer.toString(scope.affected().size()))));
  }
}
