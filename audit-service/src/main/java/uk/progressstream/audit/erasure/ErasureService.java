package uk.progressstream.audit.erasure;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import uk.progressstream.log.commitment.ExportedRecord;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.outbox.Outbox;
import uk.progressstream.platform.problem.Problem;

/** Erases, and records in the same transaction who erased which record, and why. */
@ApplicationScoped
public class ErasureService {
  // Words of ours: a free text would be a new place for what must not be in the log.
  private static final Set<String> REASONS = Set.of("personal-data", "data-subject", "court-order");

  private final ScopedDatabase database;
  private final ErasureRepository repository;
  private final Outbox outbox;

  ErasureService(ScopedDatabase database, ErasureRepository repository, Outbox outbox) {
    this.database = database;
    this.repository = repository;
    this.outbox = outbox;
  }

  /** Erases one record, for good. */
  Uni<Erasure> erase(Caller caller, UUID record, ErasureRequest request) {
    if (request == null || !REASONS.contains(String.valueOf(request.reason()))) {
      throw Problem.badRequest(
          "bad-reason", "Reason missing", "reason is personal-data, data-subject or court-order.");
    }
    return database.inScope(
        caller.scope(),
        connection ->
            repository
                .erase(connection, record)
                .chain(place -> recorded(connection, caller, record, place, request.reason())));
  }

  private Uni<Erasure> recorded(
      SqlConnection connection,
      Caller caller,
      UUID record,
      ErasureRepository.Place place,
      String reason) {
    AuditEvent event =
        AuditEvent.of(ExportedRecord.ERASURE, place.school())
            .actor(caller)
            .resource("records")
            .concerns(record)
            .filter(
                Map.of(
                    "leaf", Long.toString(place.leaf()),
                    "source", place.source(),
                    "sequence", Long.toString(place.sequence()),
                    "reason", reason))
            .rows(1);
    return outbox
        .record(connection, event)
        .map(erasure -> new Erasure(record, place.leaf(), erasure));
  }
}
