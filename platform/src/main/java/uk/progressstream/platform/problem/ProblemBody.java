package uk.progressstream.platform.problem;

/**
 * The body of an error answer (RFC 9457), of media type {@code application/problem+json}.
 *
 * @param type a stable URN
 * @param title the same for every problem of this type
 * @param status the HTTP status again
 * @param detail what to do about it
 * @param traceId by which an operator finds the request
 */
public record ProblemBody(String type, String title, int status, String detail, String traceId) {}
