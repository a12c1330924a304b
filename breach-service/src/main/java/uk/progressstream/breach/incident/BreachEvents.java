package uk.progressstream.breach.incident;

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
public class BreachEvents {
  private final Outbox outbox;

  BreachEvents(Outbox outbox) {
    this.outbox = outbox;
  }

  /** A breach was opened: when the company became aware and which window is suspected, no text. */
  Uni<UUID> opened(SqlConnection connection, Caller caller, UUID breach, IncidentDraft draft) {
    return outbox.record(
        connection,
        AuditEvent.of("breach.opened", AuditEvent.COMPANY)
            .actor(caller)
            .resource("breach")
            .concerns(breach)
            .filter(
                Map.of(
                    "awareAt", draft.awareAt().toString(),
                    "windowFrom", draft.windowFrom().toString(),
                    "windowTo", draft.windowTo().toString())));
  }
}
