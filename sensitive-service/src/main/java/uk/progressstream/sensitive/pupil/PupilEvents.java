package uk.progressstream.sensitive.pupil;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.outbox.Outbox;

/** What this feature tells the log: counts and classes, no ps_id and no field. */
@ApplicationScoped
public class PupilEvents {
  private final Outbox outbox;

  PupilEvents(Outbox outbox) {
    this.outbox = outbox;
  }

  /** A read, one record a school, in the transaction of the read itself. */
  Uni<Void> read(SqlConnection connection, Caller caller, PupilFilter filter, PupilReads reads) {
    List<AuditEvent> events =
        reads.bySchool().entrySet().stream()
            .map(entry -> counted("sensitive.read", caller, filter, entry))
            .toList();
    return recordAll(connection, events).replaceWithVoid();
  }

  /** A download that is about to start, one record a school in scope. */
  Uni<List<UUID>> exportStarts(SqlConnection connection, Caller caller, PupilFilter filter) {
    List<AuditEvent> events =
        caller.scope().scope().anySchools().stream()
            .map(school -> base("sensitive.export", school, caller, filter))
            .toList();
    return recordAll(connection, events);
  }

  /** How a download ended: rows, pupils, classes and the bytes of all schools together. */
  Uni<Void> exportEnds(
      SqlConnection connection, Caller caller, PupilFilter filter, PupilDownload ended) {
    List<AuditEvent> events =
        ended.reads().bySchool().entrySet().stream()
            .map(
                entry ->
                    counted("sensitive.export.ended", caller, filter, entry)
                        .bytes(ended.bytes())
                        .concerns(ended.records().get(0))
                        .outcome(ended.outcome()))
            .toList();
    return recordAll(connection, events).replaceWithVoid();
  }

  /** A batch of an upload. */
  Uni<UUID> stored(
      SqlConnection connection,
      Caller caller,
      UUID school,
      UUID upload,
      Collection<SealedRecord> records) {
    return outbox.record(
        connection,
        AuditEvent.of("sensitive.stored", school)
            .actor(caller)
            .resource("sensitive")
            .concerns(upload)
            .columns(Pupil.COLUMNS)
            .classes(records.stream().flatMap(record -> record.classes().stream()).toList())
            .rows(records.stream().mapToLong(record -> record.classes().size()).sum())
            .pupils(records.size()));
  }

  private Uni<List<UUID>> recordAll(SqlConnection connection, List<AuditEvent> events) {
    return Multi.createFrom()
        .iterable(events)
        .onItem()
        .transformToUniAndConcatenate(event -> outbox.record(connection, event))
        .collect()
        .asList();
  }

  private static AuditEvent counted(
      String kind, Caller caller, PupilFilter filter, Map.Entry<UUID, PupilReads.Tally> entry) {
    PupilReads.Tally tally = entry.getValue();
    return base(kind, entry.getKey(), caller, filter)
        .classes(tally.classes())
        .rows(tally.rows())
        .pupils(tally.pupils());
  }

  private static AuditEvent base(String kind, UUID school, Caller caller, PupilFilter filter) {
    return AuditEvent.of(kind, school)
        .actor(caller)
        .resource("sensitive")
        .columns(Pupil.COLUMNS)
        .filter(filter.described());
  }
}
