package uk.progressstream.platform.problem;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.ExceptionHandler;
import io.quarkus.grpc.ExceptionHandlerProvider;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * What a peer is told about a failure of a gRPC method. As with {@link ProblemMapper}, only a
 * {@link Problem} speaks; the framework's own answer would carry the message of any exception, and
 * that can quote what was sent.
 */
@ApplicationScoped
public class GrpcProblems implements ExceptionHandlerProvider {
  private static final Logger LOG = Logger.getLogger(GrpcProblems.class);

  @Override
  public <Q, A> ExceptionHandler<Q, A> createHandler(
      ServerCall.Listener<Q> listener, ServerCall<Q, A> call, Metadata metadata) {
    return new ExceptionHandler<>(listener, call, metadata) {
      @Override
      protected void handleException(Throwable e, ServerCall<Q, A> failed, Metadata sent) {
        failed.close(status(e), new Metadata());
      }
    };
  }

  @Override
  public Throwable transform(Throwable e) {
    return new StatusException(status(e));
  }

  static Status status(Throwable e) {
    if (e instanceof Problem problem) {
      return code(problem.status()).withDescription(problem.detail());
    }
    if (e instanceof StatusRuntimeException known) {
      return known.getStatus();
    }
    if (e instanceof StatusException known) {
      return known.getStatus();
    }
    if (e instanceof UnauthorizedException || e instanceof AuthenticationFailedException) {
      return Status.UNAUTHENTICATED;
    }
    if (e instanceof ForbiddenException) {
      return Status.PERMISSION_DENIED;
    }
    return anonymous(e);
  }

  private static Status anonymous(Throwable e) {
    if (e instanceof IllegalArgumentException) {
      return Status.INVALID_ARGUMENT.withDescription("The request is not what this method takes.");
    }
    if (e instanceof PgException database) {
      return ProblemMapper.known(database)
          .map(GrpcProblems::status)
          .orElseGet(
              () -> {
                LOG.errorf("database refused a statement: SQL state %s", database.getSqlState());
                return Status.INTERNAL;
              });
    }
    LOG.errorf("unexpected failure: %s", e.getClass().getName());
    return Status.INTERNAL;
  }

  private static Status code(int httpStatus) {
    return switch (httpStatus) {
      case 401 -> Status.UNAUTHENTICATED;
      case 403, 404 -> Status.NOT_FOUND;
      case 409, 412 -> Status.ABORTED;
      case 429 -> Status.RESOURCE_EXHAUSTED;
      case 503 -> Status.UNAVAILABLE;
      default -> httpStatus < 500 ? Status.INVALID_ARGUMENT : Status.INTERNAL;
    };
  }
}
