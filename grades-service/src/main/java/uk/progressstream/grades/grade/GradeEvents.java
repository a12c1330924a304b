package uk.progressstream.grades.grade;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.disclosure.Disclosure;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.outbox.Outbox;

/** What this feature tells the log. */
@ApplicationScoped
public class GradeEvents {
  private static final String RESOURCE = "grades";

  private final Outbox outbox;

  GradeEvents(Outbox outbox) {
    this.outbox = outbox;
  }

  /** What a reader asks to see. */
  static Disclosure disclosure(Caller caller, GradeFilter filter) {
    return new Disclosure(caller, RESOURCE, Grade.COLUMNS, true, filter::described);
  }

  /** A batch of an upload. */
  Uni<UUID> stored(
      SqlConnection connection, Caller caller, UUID school, UUID upload, List<IncomingGrade> rows) {
    return outbox.record(
        connection,
        AuditEvent.of("grades.stored", school)
            .actor(caller)
            .resource(RESOURCE)
            .concerns(upload)
            .columns(Grade.COLUMNS)
            .classes(rows.stream().map(row -> row.key().schoolClass()).toList())
            .rows(rows.size())
            .pupils(rows.stream().map(row -> row.key().psId()).toList()));
  }
}
