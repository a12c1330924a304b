package uk.progressstream.identity.lease;

import io.quarkus.oidc.BearerTokenAuthentication;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.grant.StaffPermissions;
import uk.progressstream.platform.access.CurrentCaller;
import uk.progressstream.platform.problem.Problem;

/** The lease of an employee. */
@Path("/identity/v1/employee-session")
@BearerTokenAuthentication
public class LeaseResource {
  private static final int REASON_LENGTH_MIN = 3;
  private static final int REASON_LENGTH_MAX = 500;

  private final CurrentCaller callers;
  private final LeaseService service;

  LeaseResource(CurrentCaller callers, LeaseService service) {
    this.callers = callers;
    this.service = service;
  }

  /**
   * A school to take.
   *
   * @param reason for the school's admins to read; 3 to 500 characters
   */
  @Schema(name = "NewEmployeeSession")
  public record Request(@Nullable UUID school, @Nullable String reason) {}

  /** Takes a school; the next token exchange gives its scope. */
  @PUT
  @RolesAllowed(StaffPermissions.TAKE_SESSION)
  @Operation(summary = "Take the one lease; ends the one before everywhere at once")
  public Uni<EmployeeSession> take(@Nullable Request request) {
    if (request == null || request.school() == null) {
      throw bad("Name the school.");
    }
    UUID school = request.school();
    String reason = request.reason() == null ? "" : request.reason().strip();
    if (reason.length() < REASON_LENGTH_MIN || reason.length() > REASON_LENGTH_MAX) {
      throw bad("Give a reason of 3 to 500 characters; the school reads it.");
    }
    return callers.get().chain(caller -> service.take(caller, school, reason));
  }

  /** Ends it. */
  @DELETE
  @RolesAllowed(StaffPermissions.TAKE_SESSION)
  @Operation(summary = "End the lease; its tokens are refused at once")
  public Uni<Void> end() {
    return callers.get().chain(service::end);
  }

  private static Problem bad(String detail) {
    return Problem.badRequest("bad-session", "Session not understood", detail);
  }
}
