package uk.progressstream.identity.membership;

import io.quarkus.oidc.BearerTokenAuthentication;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import uk.progressstream.platform.access.CurrentCaller;

/** The caller's own place at a school, for anybody who has signed in. */
@Path("/identity/v1/me/memberships/{school}")
@BearerTokenAuthentication
public class OwnMembershipResource {
  private final CurrentCaller callers;
  private final MemberService service;

  OwnMembershipResource(CurrentCaller callers, MemberService service) {
    this.callers = callers;
    this.service = service;
  }

  /** Ends every role that the caller has there. */
  @DELETE
  @RolesAllowed("identity:read")
  @Operation(summary = "Leave a school, with every role there; the last admin stays")
  public Uni<Void> leave(@RestPath UUID school) {
    return callers.get().chain(caller -> service.leave(caller, school));
  }
}
