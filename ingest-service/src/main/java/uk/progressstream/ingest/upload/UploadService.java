package uk.progressstream.ingest.upload;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.ingest.run.UploadState;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.disclosure.Disclosures;
import uk.progressstream.platform.disclosure.Reading;
import uk.progressstream.platform.page.Page;
import uk.progressstream.platform.problem.Problem;

/** Reading where uploads stand. */
@ApplicationScoped
public class UploadService {
  private final Disclosures disclosures;
  private final UploadRepository uploads;
  private final UploadRecords records;
  private final UploadSettings settings;

  UploadService(
      Disclosures disclosures,
      UploadRepository uploads,
      UploadRecords records,
      UploadSettings settings) {
    this.disclosures = disclosures;
    this.uploads = uploads;
    this.records = records;
    this.settings = settings;
  }

  /** One upload; fails with 404 where the caller's scope holds none of that id. */
  Uni<Upload> find(Caller caller, UUID upload) {
    return disclosures.read(
        Reading.of(caller, "uploads.read", "uploads"),
        connection ->
            uploads.byId(connection, upload).map(found -> found.orElseThrow(Problem::notFound)),
        found -> List.of(found.id()));
  }

  /** A school's uploads, newest first. */
  Uni<Page<Upload>> page(Caller caller, UUID school, @Nullable UploadCursor after, int limit) {
    return disclosures.page(
        Reading.of(caller, "uploads.read", "uploads", school),
        connection ->
            uploads
                .page(connection, school, after, limit)
                .map(rows -> Page.of(rows, limit, UploadCursor::after)),
        Upload::id);
  }

  /**
   * An upload again and again until it has ended, the end included. Every look runs under the
   * caller's scope, so the stream ends with a failure when that expires.
   */
  Multi<Upload> progress(Caller caller, UUID upload) {
    return Multi.createBy()
        .repeating()
        .uni(() -> records.find(caller, upload))
        .withDelay(settings.progressInterval())
        .whilst(now -> !UploadState.ofSlug(now.state()).ended());
  }
}
