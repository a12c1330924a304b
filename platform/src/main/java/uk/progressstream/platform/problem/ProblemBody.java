package uk.progressstream.platform.problem;

import io.opentelemetry.api.trace.Span;

/**
 * The body of an error answer (RFC 9457), of media type {@value #MEDIA_TYPE}.
 *
 * @param type a stable URN
 * @param title the same for every problem of this type
 * @param status the HTTP status again
 * @param detail what to do about it
 * @param traceId by which an operator finds the request
 */
public record ProblemBody(String type, String title, int status, String detail, String traceId) {
  /** Its media type. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** Of a problem with the request that is being answered. */
  public static ProblemBody of(Problem problem) {
    return new ProblemBody(
        problem.type(),
        problem.title(),
        problem.status(),
        problem.detail(),
        Span.current().getSpanContext().getTraceId());
  }
}
