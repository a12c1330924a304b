package uk.progressstream.pseudonym.vault;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.outbox.Outbox;

/** What the vault tells the log: counts and classes, no ps_id and no enrollment id. */
@ApplicationScoped
public class VaultEvents {
  private final Outbox outbox;

  VaultEvents(Outbox outbox) {
    this.outbox = outbox;
  }

  /** A batch of pupils was enrolled. */
  Uni<UUID> enrolled(
      SqlConnection connection,
      Caller caller,
      UUID school,
      EnrolmentBatch batch,
      List<PupilAnswer> answers) {
    return outbox.record(
        connection,
        AuditEvent.of("pupils.enrolled", school)
            .actor(caller)
            .resource("pupils")
            .columns(List.of("enrollment_id", "class", "postcode"))
            .classes(batch.lines().stream().map(EnrolmentBatch.Line::schoolClass).toList())
            .rows(batch.lines().size())
            .pupils(psIds(answers)));
  }

  /**
   * Somebody asked for the ps_ids of enrollment ids; how many of them are known pupils is counted.
   */
  Uni<UUID> found(
      SqlConnection connection, Caller caller, UUID school, int asked, List<PupilAnswer> answers) {
    List<PupilAnswer> known = answers.stream().filter(each -> each.psId() != null).toList();
    return outbox.record(
        connection,
        AuditEvent.of("pupils.found", school)
            .actor(caller)
            .resource("pupils")
            .columns(List.of("enrollment_id", "class"))
            .classes(known.stream().flatMap(each -> each.classes().stream()).toList())
            .rows(asked)
            .pupils(psIds(known)));
  }

  private static List<UUID> psIds(List<PupilAnswer> known) {
    return known.stream().map(each -> Objects.requireNonNull(each.psId())).toList();
  }
}
