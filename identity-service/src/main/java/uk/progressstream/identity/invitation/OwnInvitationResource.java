package uk.progressstream.identity.invitation;

import io.quarkus.oidc.BearerTokenAuthentication;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.me.Me;
import uk.progressstream.platform.access.CurrentCaller;
import uk.progressstream.platform.page.Page;

/** Invitations that wait for the caller, for anybody who has signed in. */
@Path("/identity/v1/me/invitations")
@BearerTokenAuthentication
public class OwnInvitationResource {
  private final CurrentCaller callers;
  private final OwnInvitationService service;

  OwnInvitationResource(CurrentCaller callers, OwnInvitationService service) {
    this.callers = callers;
    this.service = service;
  }

  /** A page of those that fitted the sign-in of the caller's token. */
  @GET
  @RolesAllowed("identity:read")
  @Operation(summary = "Invitations that wait for the caller to accept them")
  public Uni<Page<OwnInvitation>> list(
      @RestQuery @Nullable UUID after, @RestQuery @Nullable Integer limit) {
    return callers.get().chain(caller -> service.page(caller, after, Page.limit(limit)));
  }

  /** Takes one up. */
  @POST
  @Path("/{invitation}/acceptance")
  @RolesAllowed("identity:read")
  @Operation(summary = "Accept an invitation; the next token exchange can give its role")
  public Uni<Me.Membership> accept(@RestPath UUID invitation) {
    return callers.get().chain(caller -> service.accept(caller, invitation));
  }
}
