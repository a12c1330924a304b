package uk.progressstream.sensitive.pupil;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.UUID;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.disclosure.Disclosure;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.outbox.Outbox;

/** What this feature tells the log: counts and classes, no ps_id and no field. */
@ApplicationScoped
public class PupilEvents {
  private static final String RESOURCE = "sensitive";

  private final Outbox outbox;

  PupilEvents(Outbox outbox) {
    this.outbox = outbox;
  }

  /** What a reader asks to see. */
  static Disclosure disclosure(Caller caller, PupilFilter filter) {
    return new Disclosure(caller, RESOURCE, Pupil.COLUMNS, true, matched -> filter.described());
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
            .resource(RESOURCE)
            .concerns(upload)
            .columns(Pupil.COLUMNS)
            .classes(records.stream().flatMap(record -> record.classes().stream()).toList())
            .rows(records.stream().mapToLong(record -> record.classes().size()).sum())
            .pupils(records.stream().map(SealedRecord::psId).toList()));
  }
}
