package uk.progressstream.ingest.upload;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.ingest.run.UploadState;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.page.Page;

/** Reading where uploads stand. */
@ApplicationScoped
public class UploadService {
  private final ScopedDatabase database;
  private final UploadRepository uploads;
  private final UploadRecords records;
  private final UploadSettings settings;

  UploadService(
      ScopedDatabase database,
      UploadRepository uploads,
      UploadRecords records,
      UploadSettings settings) {
    this.database = database;
    this.uploads = uploads;
    this.records = records;
    this.settings = settings;
  }

  /** One upload; fails with 404 where the caller's scope holds none of that id. */
  Uni<Upload> find(Caller caller, UUID upload) {
    return records.find(caller, upload);
  }

  /** A school's uploads, newest first. */
  Uni<Page<Upload>> page(Caller caller, UUID school, @Nullable UploadCursor after, int limit) {
    return database
        .inScope(caller.scope(), connection -> uploads.page(connection, school, after, limit))
        .map(rows -> Page.of(rows, limit, UploadCursor::after));
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
