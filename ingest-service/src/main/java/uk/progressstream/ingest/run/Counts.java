package uk.progressstream.ingest.run;

/**
 * How far an upload is. While it runs, rows that were read and not yet handed over are in {@code
 * read} alone; after a failure the same holds for rows whose fate is unknown.
 *
 * @param read rows below the header that were not blank
 * @param accepted rows that are stored (in a dry run: that would be)
 * @param refused rows with a problem of their own
 * @param unchanged those of the accepted that were stored before, exactly so
 * @param bytes bytes received
 */
public record Counts(long read, long accepted, long refused, long unchanged, long bytes) {

  /** Nothing yet. */
  public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

  Counts withRead(long bytesNow) {
    return new Counts(read + 1, accepted, refused, unchanged, bytesNow);
  }

  Counts withRefused(long rows) {
    return new Counts(read, accepted, refused + rows, unchanged, bytes);
  }

  Counts with(BatchResult batch) {
    return new Counts(
        read,
        accepted + batch.accepted(),
        refused + batch.refused().size(),
        unchanged + batch.unchanged(),
        bytes);
  }

  Counts withBytes(long bytesNow) {
    return new Counts(read, accepted, refused, unchanged, bytesNow);
  }
}
