package uk.progressstream.gateway;

/** How large a request's body may be. */
final class BodyLimit {
  /** Uploads: ingest itself refuses beyond 1 GiB with a problem of its own. */
  static final long UPLOAD_BYTES_MAX = 1100L * 1024 * 1024;

  /** Everything else. */
  static final long BYTES_MAX = 2L * 1024 * 1024;

  private BodyLimit() {}

  /** The limit of a path. */
  static long of(String path) {
    return path.equals("/ingest/v1/uploads") ? UPLOAD_BYTES_MAX : BYTES_MAX;
  }
}
