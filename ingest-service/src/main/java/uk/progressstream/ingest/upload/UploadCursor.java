package uk.progressstream.ingest.upload;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.problem.Problem;

/** Where a page of uploads ends. */
record UploadCursor(OffsetDateTime startedAt, UUID id) {

  static String after(Upload upload) {
    return upload.startedAt() + "~" + upload.id();
  }

  /**
   * Reads what a page gave as {@code next}.
   *
   * @throws Problem 400 for a cursor that no page gave
   */
  static @Nullable UploadCursor of(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String[] part = text.split("~", 2);
    try {
      return new UploadCursor(
          Instant.parse(part[0]).atOffset(ZoneOffset.UTC), UUID.fromString(part[part.length - 1]));
    } catch (DateTimeParseException | IllegalArgumentException e) {
      throw Problem.badRequest(
          "bad-cursor", "Cursor not understood", "Send the value of next of the page before.");
    }
  }
}
