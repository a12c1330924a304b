package uk.progressstream.ingest.upload;

import io.vertx.mutiny.sqlclient.Row;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Rows of table {@code upload} as the outside sees them. */
final class UploadRows {
  // Below this a rate says nothing.
  private static final double SECONDS_MIN = 0.001;

  private UploadRows() {}

  static Upload read(Row row) {
    long rowsRead = row.getLong("rows_read");
    @Nullable OffsetDateTime finishedAt = row.getOffsetDateTime("finished_at");
    return new Upload(
        row.getUUID("id"),
        row.getUUID("school_id"),
        row.getString("kind"),
        row.getBoolean("dry_run"),
        row.getString("state"),
        rowsRead,
        row.getLong("rows_accepted"),
        row.getLong("rows_refused"),
        row.getLong("rows_unchanged"),
        row.getLong("bytes"),
        Math.round(rowsRead / Math.max(SECONDS_MIN, row.getDouble("seconds"))),
        row.getOffsetDateTime("started_at").toInstant(),
        finishedAt == null ? null : finishedAt.toInstant());
  }
}
