package uk.progressstream.audit.records;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.outbox.Outbox;

/** Who reads the log is in the log. */
@ApplicationScoped
public class RecordEvents {
  private final Outbox outbox;

  RecordEvents(Outbox outbox) {
    this.outbox = outbox;
  }

  /** A page was read: one record a school in scope, also where it had nothing to give. */
  Uni<Void> listed(
      SqlConnection connection, Caller caller, RecordFilter filter, List<AuditRecord> records) {
    return outbox.record(
        connection,
        caller.scope().scope().anySchools().stream()
            .map(school -> event(school, caller, filter.described(), ids(records, school)))
            .toList());
  }

  /** One record was read, or its proof. */
  Uni<UUID> read(SqlConnection connection, Caller caller, StoredRecord found) {
    Map<String, String> filter = Map.of("record", found.id().toString());
    return outbox.record(connection, event(found.school(), caller, filter, List.of(found.id())));
  }

  private static AuditEvent event(
      UUID school, Caller caller, Map<String, String> filter, List<UUID> ids) {
    return AuditEvent.of("audit.read", school)
        .actor(caller)
        .resource("records")
        .filter(filter)
        .rows(ids.size())
        .digest(ids);
  }

  private static List<UUID> ids(List<AuditRecord> records, UUID school) {
    return records.stream()
        .filter(record -> record.school().equals(school))
        .map(AuditRecord::id)
        .toList();
  }
}
