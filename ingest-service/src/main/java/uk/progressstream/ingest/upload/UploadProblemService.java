package uk.progressstream.ingest.upload;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.ingest.upload.UploadProblemRepository.ListedProblem;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.disclosure.Disclosures;
import uk.progressstream.platform.disclosure.Reading;
import uk.progressstream.platform.disclosure.RecordedDownload;
import uk.progressstream.platform.page.Page;

/** Reading what was wrong with an upload. */
@ApplicationScoped
public class UploadProblemService {
  private static final int ROWS_PER_PAGE = 500;

  private final Disclosures disclosures;
  private final UploadRecords records;
  private final UploadProblemRepository problems;

  UploadProblemService(
      Disclosures disclosures,
      UploadRecords records,
      UploadProblemRepository problems,
      UploadSettings settings) {
    this.disclosures = disclosures;
    this.records = records;
    this.problems = problems;
  }

  /** A page of problems; fails with 404 where the caller's scope holds no such upload. */
  Uni<Page<UploadProblem>> page(Caller caller, UUID upload, int after, int limit) {
    return records
        .find(caller, upload)
        .chain(found -> recordedPage(caller, found, after, limit))
        .map(UploadProblemService::shown);
  }

  /** Begins a download of all problems; completes only when the log holds its record. */
  Uni<RecordedDownload> beginExport(Caller caller, UUID upload) {
    return records
        .find(caller, upload)
        .chain(
            found ->
                disclosures.begin(
                    UploadEvents.problems(caller),
                    List.of(UploadEvents.problemsExport(caller, found))));
  }

  /** The CSV of a download that has begun. */
  Multi<String> export(UUID upload, RecordedDownload download) {
    Multi<String> rows =
        disclosures
            .pages(
                download,
                (connection, school, after) ->
                    problems
                        .page(connection, school, upload, position(after), ROWS_PER_PAGE + 1)
                        .map(found -> Page.of(found, ROWS_PER_PAGE, ListedProblem::cursor))
                        .invoke(page -> count(page, school, upload, download)))
            .map(ProblemCsv::rows);
    return disclosures.recorded(
        download,
        Multi.createBy()
            .concatenating()
            .streams(Multi.createFrom().item(ProblemCsv::header), rows));
  }

  /** A problem has no id of its own: the record names the upload by the digest of its. */
  private Uni<Page<ListedProblem>> recordedPage(
      Caller caller, Upload upload, int after, int limit) {
    return disclosures.read(
        Reading.of(caller, "uploads.problems-read", "upload-problems", upload.school()),
        connection ->
            problems
                .page(connection, upload.school(), upload.id(), after, limit + 1)
                .map(rows -> Page.of(rows, limit, ListedProblem::cursor)),
        page -> List.of(upload.id()));
  }

  private static int position(@Nullable String after) {
    return after == null ? 0 : Integer.parseInt(after);
  }

  private static void count(
      Page<ListedProblem> page, UUID school, UUID upload, RecordedDownload download) {
    page.items().forEach(problem -> download.tally().add(school, upload));
  }

  private static Page<UploadProblem> shown(Page<ListedProblem> page) {
    return new Page<>(
        page.items().stream().map(row -> ProblemView.shown(row.finding())).toList(), page.next());
  }
}
