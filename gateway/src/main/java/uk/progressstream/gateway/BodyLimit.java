package uk.progressstream.gateway;

/** How large a request's body may be. */
final class BodyLimit {
  /** Uploads: ingest itself refuses beyond 1 GiB with a problem of its own. */
  static final long UPLOAD_BYTES_MAX = 1100L * 1024 * 1024;

  /** Everything else. */
  static final long BYTES_MAX = 2L * 1024 * 1024;

  private static final String UPLOADS = "/ingest/v1/uploads";

  private BodyLimit() {}

  /** Whether a path takes uploads. */
  static boolean isUpload(String path) {
    return path.equals(UPLOADS);
  }

  /** The limit of a path. */
  static long of(String path) {
    return isUpload(path) ? UPLOAD_BYTES_MAX : BYTES_MAX;
  }
}
