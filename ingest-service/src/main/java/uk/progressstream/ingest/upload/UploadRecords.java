package uk.progressstream.ingest.upload;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.progressstream.ingest.finding.Finding;
import uk.progressstream.ingest.run.Counts;
import uk.progressstream.ingest.run.UploadState;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.problem.Problem;

/**
 * What is kept of uploads while they run: each change is one transaction in the scope of the
 * sender.
 */
@ApplicationScoped
public class UploadRecords {
  private final ScopedDatabase database;
  private final UploadRepository uploads;
  private final UploadProblemRepository problems;
  private final UploadEvents events;

  UploadRecords(
      ScopedDatabase database,
      UploadRepository uploads,
      UploadProblemRepository problems,
      UploadEvents events) {
    this.database = database;
    this.uploads = uploads;
    this.problems = problems;
    this.events = events;
  }

  /**
   * Begins an upload.
   *
   * @return the upload that holds the same idempotency key, or empty where this one was added
   */
  Uni<Optional<Upload>> begin(UploadTicket ticket) {
    return database.inScope(ticket.caller().scope(), connection -> begin(connection, ticket));
  }

  /** Writes where an upload stands; its end goes to the log too. */
  Uni<Void> write(UploadTicket ticket, UploadState state, Counts counts, List<Finding> findings) {
    UUID school = ticket.request().school();
    return database.inScope(
        ticket.caller().scope(),
        connection ->
            addProblems(connection, ticket, findings)
                .chain(
                    () ->
                        uploads.change(
                            connection, school, ticket.id(), state, counts, findings.size()))
                .call(() -> recordEnd(connection, ticket, state, counts)));
  }

  /** One upload; fails with 404 where the caller's scope holds none of that id. */
  Uni<Upload> find(Caller caller, UUID upload) {
    return database
        .inScope(caller.scope(), connection -> uploads.byId(connection, upload))
        .map(found -> found.orElseThrow(Problem::notFound));
  }

  private Uni<Optional<Upload>> begin(SqlConnection connection, UploadTicket ticket) {
    UploadRequest request = ticket.request();
    Uni<Void> ready =
        request.keyDigest() == null
            ? Uni.createFrom().voidItem()
            : uploads.freeKey(connection, request);
    return ready
        .chain(() -> uploads.add(connection, ticket.id(), ticket.caller().account(), request))
        .chain(
            added ->
                added
                    ? Uni.createFrom().item(Optional.<Upload>empty())
                    : uploads.byKey(connection, request));
  }

  private Uni<Void> addProblems(
      SqlConnection connection, UploadTicket ticket, List<Finding> findings) {
    return findings.isEmpty()
        ? Uni.createFrom().voidItem()
        : problems.add(connection, ticket.request().school(), ticket.id(), findings);
  }

  private Uni<Void> recordEnd(
      SqlConnection connection, UploadTicket ticket, UploadState state, Counts counts) {
    return state.ended()
        ? events.ended(connection, ticket, state, counts).replaceWithVoid()
        : Uni.createFrom().voidItem();
  }
}
