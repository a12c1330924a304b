package uk.progressstream.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.vertx.pgclient.PgException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GrpcProblemsTest {

  @Test
  void aProblemSpeaks() {
    assertThat(GrpcProblems.status(Problem.notFound()).getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(GrpcProblems.status(Problem.unavailable(1)).getCode())
        .isEqualTo(Status.Code.UNAVAILABLE);
    Status bad = GrpcProblems.status(Problem.badRequest("slug", "Title", "row 3: too long"));
    assertThat(bad.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(bad.getDescription()).isEqualTo("row 3: too long");
  }

  @Test
  void aRefusedPeerAndAMissingTokenDiffer() {
    assertThat(GrpcProblems.status(new ForbiddenException()).getCode())
        .isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(GrpcProblems.status(new AuthenticationFailedException()).getCode())
        .isEqualTo(Status.Code.UNAUTHENTICATED);
  }

  @Test
  @DisplayName("an exception that quotes what was sent does not reach the peer")
  void anyOtherFailureIsAnonymous() {
    for (Throwable e : new Throwable[] {notAUuid(), new IllegalStateException("AB12-secret")}) {
      Status status = GrpcProblems.status(e);

      assertThat(String.valueOf(status.getDescription())).doesNotContain("secret");
      assertThat(status.getCause()).isNull();
    }
  }

  @Test
  @DisplayName("who was overtaken in the database is told to come again, and a fault stays a fault")
  void overtaken() {
    for (String state : List.of("40001", "40P01", "55P03")) {
      assertThat(GrpcProblems.status(refusal(state)).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }
    assertThat(GrpcProblems.status(refusal("42501")).getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(GrpcProblems.status(refusal("23505")).getCode()).isEqualTo(Status.Code.INTERNAL);
  }

  private static PgException refusal(String state) {
    return new PgException("quotes a value", "ERROR", state, "detail");
  }

  private static Throwable notAUuid() {
    try {
      return new AssertionError(UUID.fromString("se" + "cret".strip()));
    } catch (IllegalArgumentException e) {
      return e;
    }
  }
}
