package uk.progressstream.ingest.upload;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import uk.progressstream.ingest.upload.UploadProblemRepository.ListedProblem;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.disclosure.Disclosures;
import uk.progressstream.platform.disclosure.Reading;
import uk.progressstream.platform.outbox.Outbox;
import uk.progressstream.platform.page.Page;

/** Reading what was wrong with an upload. */
@ApplicationScoped
public class UploadProblemService {
  private final ScopedDatabase database;
  private final Disclosures disclosures;
  private final UploadRecords records;
  private final UploadProblemRepository problems;
  private final UploadEvents events;
  private final Outbox outbox;
  private final UploadSettings settings;

  UploadProblemService(
      ScopedDatabase database,
      Disclosures disclosures,
      UploadRecords records,
      UploadProblemRepository problems,
      UploadEvents events,
      Outbox outbox,
      UploadSettings settings) {
    this.database = database;
    this.disclosures = disclosures;
    this.records = records;
    this.problems = problems;
    this.events = events;
    this.outbox = outbox;
    this.settings = settings;
  }

  /** A page of problems; fails with 404 where the caller's scope holds no such upload. */
  Uni<Page<UploadProblem>> page(Caller caller, UUID upload, int after, int limit) {
    return records
        .find(caller, upload)
        .chain(found -> recordedPage(caller, found, after, limit))
        .map(UploadProblemService::shown);
  }

  /**
   * All problems as a download: like every download, the log holds its record before the first byte
   * leaves.
   */
  Uni<ProblemExport> export(Caller caller, UUID upload) {
    return records
        .find(caller, upload)
        .chain(
            found ->
                read(caller, found, 0, settings.problemsMax() + 2)
                    .chain(rows -> recorded(caller, found, rows)));
  }

  /** A problem has no id of its own: the record names the upload by the digest of its. */
  private Uni<Page<ListedProblem>> recordedPage(
      Caller caller, Upload upload, int after, int limit) {
    return disclosures.read(
        Reading.of(caller, "uploads.problems-read", "upload-problems", upload.school()),
        connection ->
            problems
                .page(connection, upload.school(), upload.id(), after, limit + 1)
                .map(rows -> Page.of(rows, limit, row -> Integer.toString(row.position()))),
        page -> List.of(upload.id()));
  }

  private Uni<List<ListedProblem>> read(Caller caller, Upload upload, int after, int limit) {
    return database.inScope(
        caller.scope(),
        connection -> problems.page(connection, upload.school(), upload.id(), after, limit));
  }

  private Uni<ProblemExport> recorded(Caller caller, Upload upload, List<ListedProblem> rows) {
    return database
        .inScope(
            caller.scope(),
            connection -> events.problemsExported(connection, caller, upload, rows.size()))
        .call(outbox::published)
        .map(event -> new ProblemExport(event, ProblemCsv.of(rows)));
  }

  private static Page<UploadProblem> shown(Page<ListedProblem> page) {
    return new Page<>(
        page.items().stream().map(row -> ProblemView.shown(row.finding())).toList(), page.next());
  }

  /** A download whose record is in the log. */
  record ProblemExport(UUID event, String csv) {}
}
