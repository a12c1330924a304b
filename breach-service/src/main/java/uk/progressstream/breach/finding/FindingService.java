package uk.progressstream.breach.finding;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import uk.progressstream.breach.request.IdempotencyKey;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.outbox.Outbox;

/** Adding to the timeline of a breach. */
@ApplicationScoped
public class FindingService {
  private final ScopedDatabase database;
  private final FindingRepository repository;
  private final Outbox outbox;

  FindingService(ScopedDatabase database, FindingRepository repository, Outbox outbox) {
    this.database = database;
    this.repository = repository;
    this.outbox = outbox;
  }

  /** Adds a finding, or gives the one that the same key has added. */
  Uni<Finding> add(Caller caller, UUID breach, NewFinding.Checked finding, IdempotencyKey key) {
    return database.inScope(
        caller.scope(),
        connection ->
            repository
                .insert(connection, breach, caller.account(), finding, key)
                .chain(isFirst -> stored(connection, caller, breach, finding, key, isFirst)));
  }

  private Uni<Finding> stored(
      SqlConnection connection,
      Caller caller,
      UUID breach,
      NewFinding.Checked finding,
      IdempotencyKey key,
      boolean isFirst) {
    Uni<Finding> stored =
        repository
            .byKey(connection, breach, caller.account(), key)
            .invoke(found -> sameOrRefused(found, finding));
    return isFirst
        ? stored.call(found -> outbox.record(connection, event(caller, breach, found)))
        : stored;
  }

  /** Of which kind it was; what it says stays in the breach. */
  private static AuditEvent event(Caller caller, UUID breach, Finding found) {
    return AuditEvent.of("breach.finding-added", AuditEvent.COMPANY)
        .actor(caller)
        .resource("breach")
        .concerns(breach)
        .filter(Map.of("kind", found.kind(), "finding", found.id().toString()));
  }

  private static void sameOrRefused(Finding stored, NewFinding.Checked asked) {
    if (!stored.kind().equals(asked.kind()) || !stored.text().equals(asked.text())) {
      throw IdempotencyKey.reused();
    }
  }
}
