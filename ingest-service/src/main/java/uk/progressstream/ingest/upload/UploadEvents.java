package uk.progressstream.ingest.upload;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.progressstream.ingest.run.Counts;
import uk.progressstream.ingest.run.UploadState;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.disclosure.Disclosure;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.outbox.Outbox;
import uk.progressstream.platform.outbox.Outcome;

/** What this service tells the log: counts and opaque ids. */
@ApplicationScoped
public class UploadEvents {
  private final Outbox outbox;

  UploadEvents(Outbox outbox) {
    this.outbox = outbox;
  }

  /** The end of an upload, however it ended. */
  Uni<UUID> ended(SqlConnection connection, UploadTicket ticket, UploadState state, Counts counts) {
    UploadRequest request = ticket.request();
    return outbox.record(
        connection,
        AuditEvent.of("uploads." + state.slug(), request.school())
            .actor(ticket.caller())
            .resource("uploads")
            .concerns(ticket.id())
            .filter(
                Map.of(
                    "kind", request.kind().slug(),
                    "dryRun", Boolean.toString(request.dryRun()),
                    "rowsRead", Long.toString(counts.read()),
                    "rowsRefused", Long.toString(counts.refused()),
                    "rowsUnchanged", Long.toString(counts.unchanged())))
            .rows(counts.accepted())
            .bytes(counts.bytes())
            .outcome(outcome(state)));
  }

  /** What a reader of problems asks to see. */
  static Disclosure problems(Caller caller) {
    return new Disclosure(caller, "upload-problems", List.of(), false, matched -> Map.of());
  }

  /** The problems of an upload are about to be downloaded. */
  static AuditEvent problemsExport(Caller caller, Upload upload) {
    return AuditEvent.of("uploads.problems-export", upload.school())
        .actor(caller)
        .resource("upload-problems")
        .concerns(upload.id());
  }

  private static Outcome outcome(UploadState state) {
    return switch (state) {
      case REFUSED -> Outcome.REFUSED;
      case FAILED -> Outcome.FAILED;
      default -> Outcome.COMPLETED;
    };
  }
}
