package uk.progressstream.platform.problem;

import io.micrometer.core.instrument.Metrics;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.pgclient.PgException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Turns every failure into problem details. Only a {@link Problem} speaks; all else is anonymous.
 */
public final class ProblemMapper {
  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
  private static final int RETRY_AFTER_SECONDS = 1;
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  /** A character that the database does not store in text, which is NUL alone. */
  private static final String NOT_IN_TEXT = "22021";

  /** Serialization failure, deadlock, lock not available: the same again may well succeed. */
  private static final Set<String> OVERTAKEN = Set.of("40001", "40P01", "55P03");

  @ServerExceptionMapper
  public Response problem(Problem problem) {
    return answer(problem);
  }

  @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
  public Response unauthenticated() {
    return answer(Problem.unauthenticated());
  }

  @ServerExceptionMapper
  public Response forbidden(ForbiddenException e) {
    return answer(Problem.forbidden());
  }

  @ServerExceptionMapper
  public Response database(PgException e) {
    // The message of a database error can quote values: its state is all that may be logged.
    return answer(
        known(e)
            .orElseGet(
                () -> {
                  LOG.errorf("database refused a statement: SQL state %s", e.getSqlState());
                  return internal();
                }));
  }

  /** What a caller is told about a refusal of the database that is no fault. */
  static Optional<Problem> known(PgException e) {
    if (INSUFFICIENT_PRIVILEGE.equals(e.getSqlState())) {
      return Optional.of(Problem.forbidden());
    }
    if (NOT_IN_TEXT.equals(e.getSqlState())) {
      return Optional.of(
          Problem.badRequest("bad-text", "Text refused", "No text holds the character NUL."));
    }
    return OVERTAKEN.contains(e.getSqlState())
        ? Optional.of(Problem.unavailable(RETRY_AFTER_SECONDS))
        : Optional.empty();
  }

  @ServerExceptionMapper
  public Response web(WebApplicationException e) {
    int status = e.getResponse().getStatus();
    if (status < 400) {
      return e.getResponse();
    }
    if (status >= 500) {
      LOG.errorf("the framework answers %d: %s at %s", status, e.getClass().getName(), origin(e));
    }
    return answer(
        switch (status) {
          case 400 -> Problem.badRequest();
          case 403, 404 -> Problem.notFound();
          case 413 -> Problem.tooLarge("Send less at once.");
          default -> named(e.getResponse().getStatusInfo());
        });
  }

  private static Problem named(Response.StatusType info) {
    String reason = info.getReasonPhrase();
    return new Problem(info.getStatusCode(), "http-" + info.getStatusCode(), reason, reason);
  }

  @ServerExceptionMapper
  public Response other(Throwable e) {
    // Without the message: a library's message may quote what it was given.
    LOG.errorf("unexpected failure: %s at %s", e.getClass().getName(), origin(e));
    return answer(internal());
  }

  private static String origin(Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    return trace.length == 0 ? "unknown place" : trace[0].toString();
  }

  private static Problem internal() {
    return new Problem(
        500, "internal", "Internal error", "The failure was recorded; nothing was changed.");
  }

  /**
   * The metric {@code ps.problems}: what was answered instead of what was asked for, by kind. Of a
   * caller without a genuine token it is all that stays.
   */
  public static void count(Problem problem) {
    String type = problem.type();
    Metrics.counter("ps.problems", "problem", type.substring(type.lastIndexOf(':') + 1))
        .increment();
  }

  /** The answer that tells a problem, with the headers that its status asks for. */
  public static Response answer(Problem problem) {
    count(problem);
    Response.ResponseBuilder response =
        Response.status(problem.status())
            .type(ProblemBody.MEDIA_TYPE)
            .entity(ProblemBody.of(problem));
    if (problem.status() == 401) {
      response.header("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    }
    if (problem.retryAfterSeconds() > 0) {
      response.header("Retry-After", problem.retryAfterSeconds());
    }
    return response.build();
  }
}
