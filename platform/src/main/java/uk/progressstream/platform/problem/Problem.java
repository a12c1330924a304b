package uk.progressstream.platform.problem;

/**
 * A failure that a caller is told about, as RFC 9457 problem details. Title and detail are written
 * by us and hold nothing that came with the request.
 */
public final class Problem extends RuntimeException {
  private static final String TYPE_PREFIX = "urn:progress-stream:problem:";

  private final int status;
  private final String slug;
  private final String title;
  private final int retryAfterSeconds;

  /**
   * A problem of any status.
   *
   * @param status HTTP status, 400 to 599
   * @param slug last part of the stable {@code type}
   * @param title the same for every problem of this type
   * @param detail what to do about it; never a value from the request
   */
  public Problem(int status, String slug, String title, String detail) {
    this(status, slug, title, detail, 0);
  }

  private Problem(int status, String slug, String title, String detail, int retryAfterSeconds) {
    super(detail, null, false, false);
    this.status = status;
    this.slug = slug;
    this.title = title;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** 404: it is not there, or not yours; the two answers are the same on purpose. */
  public static Problem notFound() {
    return new Problem(
        404, "not-found", "Not found", "There is nothing here that you may see or change.");
  }

  /** What is forbidden answers like what is missing. */
  public static Problem forbidden() {
    return notFound();
  }

  /** 400 where nothing more can be said. */
  public static Problem badRequest() {
    return badRequest("bad-request", "Bad request", "The request is not understood.");
  }

  /** 400. */
  public static Problem badRequest(String slug, String title, String detail) {
    return new Problem(400, slug, title, detail);
  }

  /** 401: the access token is missing, wrong, over, or hangs on a lease that has ended. */
  public static Problem unauthenticated() {
    return new Problem(
        401,
        "unauthenticated",
        "Not signed in",
        "Send a valid access token; get one at the token endpoint.");
  }

  /** 409. */
  public static Problem conflict(String slug, String title, String detail) {
    return new Problem(409, slug, title, detail);
  }

  /** 413. */
  public static Problem tooLarge(String detail) {
    return new Problem(413, "too-large", "Too large", detail);
  }

  /** 429 with {@code Retry-After}: the caller, or the caller's school, has all that it may have. */
  public static Problem tooMany(String detail, int retryAfterSeconds) {
    return new Problem(429, "too-many-requests", "Too many requests", detail, retryAfterSeconds);
  }

  /** 503 with {@code Retry-After}: something that this service needs gives no answer. */
  public static Problem unavailable(int retryAfterSeconds) {
    return new Problem(
        503, "unavailable", "Temporarily unavailable", "Try again later.", retryAfterSeconds);
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  /** The stable {@code type}, a URN. */
  public String type() {
    return TYPE_PREFIX + slug;
  }

  /** The same for every problem of this type. */
  public String title() {
    return title;
  }

  /** What to do about it. */
  public String detail() {
    String detail = getMessage();
    return detail == null ? "" : detail;
  }

  /** Seconds for {@code Retry-After}; 0 for none. */
  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
