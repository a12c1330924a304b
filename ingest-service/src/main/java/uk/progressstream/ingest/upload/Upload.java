package uk.progressstream.ingest.upload;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An upload as the outside sees it.
 *
 * @param id its id
 * @param school the school that the file is of
 * @param kind {@code pupils}, {@code grades} or {@code sensitive}
 * @param dryRun whether it only said what would happen
 * @param state see {@link uk.progressstream.ingest.run.UploadState}
 * @param rowsRead rows below the header that were not blank
 * @param rowsAccepted rows that are stored (in a dry run: that would be)
 * @param rowsRefused rows with a problem of their own
 * @param rowsUnchanged those of the accepted that were stored before, exactly so
 * @param bytes bytes received
 * @param rowsPerSecond rows read a second so far
 * @param startedAt when it began
 * @param finishedAt when it ended; null while it runs
 */
public record Upload(
    UUID id,
    UUID school,
    String kind,
    boolean dryRun,
    String state,
    long rowsRead,
    long rowsAccepted,
    long rowsRefused,
    long rowsUnchanged,
    long bytes,
    long rowsPerSecond,
    Instant startedAt,
    @Nullable Instant finishedAt) {}
