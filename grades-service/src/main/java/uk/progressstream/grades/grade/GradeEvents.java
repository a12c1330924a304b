package uk.progressstream.grades.grade;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.outbox.Outbox;

/** What this feature tells the log. */
@ApplicationScoped
public class GradeEvents {
  private final Outbox outbox;

  GradeEvents(Outbox outbox) {
    this.outbox = outbox;
  }

  /** A read, one record a school, in the transaction of the read itself. */
  Uni<Void> read(SqlConnection connection, Caller caller, GradeFilter filter, GradeReads reads) {
    List<AuditEvent> events =
        reads.bySchool().entrySet().stream()
            .map(entry -> counted("grades.read", caller, filter, entry))
            .toList();
    return recordAll(connection, events).replaceWithVoid();
  }

  /** A download that is about to start, one record a school in scope. */
  Uni<List<UUID>> exportStarts(SqlConnection connection, Caller caller, GradeFilter filter) {
    List<AuditEvent> events =
        caller.scope().scope().anySchools().stream()
            .map(school -> base("grades.export", school, caller, filter.described(false)))
            .toList();
    return recordAll(connection, events);
  }

  /** How a download ended: rows, pupils, classes and the bytes of all schools together. */
  Uni<Void> exportEnds(
      SqlConnection connection, Caller caller, GradeFilter filter, GradeDownload ended) {
    List<AuditEvent> events =
        ended.reads().bySchool().entrySet().stream()
            .map(
                entry ->
                    counted("grades.export.ended", caller, filter, entry)
                        .bytes(ended.bytes())
                        .concerns(ended.records().get(0))
                        .outcome(ended.outcome()))
            .toList();
    return recordAll(connection, events).replaceWithVoid();
  }

  /** A batch of an upload. */
  Uni<UUID> stored(
      SqlConnection connection, Caller caller, UUID school, UUID upload, List<IncomingGrade> rows) {
    return outbox.record(
        connection,
        AuditEvent.of("grades.stored", school)
            .actor(caller)
            .resource("grades")
            .concerns(upload)
            .columns(Grade.COLUMNS)
            .classes(rows.stream().map(row -> row.key().schoolClass()).toList())
            .rows(rows.size())
            .pupils(rows.stream().map(row -> row.key().psId()).distinct().count()));
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
      String kind, Caller caller, GradeFilter filter, Map.Entry<UUID, GradeReads.Tally> entry) {
    GradeReads.Tally tally = entry.getValue();
    return base(kind, entry.getKey(), caller, filter.described(tally.rows() > 0))
        .classes(tally.classes())
        .rows(tally.rows())
        .pupils(tally.pupils());
  }

  private static AuditEvent base(
      String kind, UUID school, Caller caller, Map<String, String> filter) {
    return AuditEvent.of(kind, school)
        .actor(caller)
        .resource("grades")
        .columns(Grade.COLUMNS)
        .filter(filter);
  }
}
