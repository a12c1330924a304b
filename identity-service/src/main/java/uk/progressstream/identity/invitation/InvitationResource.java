package uk.progressstream.identity.invitation;

import io.quarkus.oidc.BearerTokenAuthentication;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.request.CreationId;
import uk.progressstream.identity.request.Schools;
import uk.progressstream.platform.access.CurrentCaller;
import uk.progressstream.platform.page.Page;

/** Invitations of a school, for its admins. */
@Path("/identity/v1/schools/{school}/invitations")
@BearerTokenAuthentication
public class InvitationResource {
  private final CurrentCaller callers;
  private final InvitationService service;

  InvitationResource(CurrentCaller callers, InvitationService service) {
    this.callers = callers;
    this.service = service;
  }

  /** Invites a person or machine to a role. */
  @POST
  @RolesAllowed("identity:manage")
  @Operation(summary = "Invite; bound once, to issuer and subject, at the first sign-in")
  public Uni<RestResponse<Invitation>> invite(
      @RestPath UUID school,
      @RestHeader(CreationId.HEADER) @Nullable String key,
      @Nullable Invitee invitee) {
    Invitee asked = invitee == null ? Invitee.NOBODY : invitee;
    return callers
        .get()
        .chain(
            caller ->
                service.invite(
                    caller,
                    Schools.inScope(caller, school),
                    CreationId.of(key, caller.account(), "invitation|" + school),
                    asked))
        .map(invitation -> created(school, invitation));
  }

  /** A page of invitations, bound ones with their account. */
  @GET
  @RolesAllowed("identity:manage")
  @Operation(summary = "Invitations of the school, with the account that took each up")
  public Uni<Page<Invitation>> list(
      @RestPath UUID school, @RestQuery @Nullable UUID after, @RestQuery @Nullable Integer limit) {
    return callers
        .get()
        .chain(
            caller ->
                service.page(caller, Schools.inScope(caller, school), after, Page.limit(limit)));
  }

  /** Takes an invitation back that nobody took up. */
  @DELETE
  @Path("/{invitation}")
  @RolesAllowed("identity:manage")
  @Operation(summary = "Revoke an open invitation")
  public Uni<Void> revoke(@RestPath UUID school, @RestPath UUID invitation) {
    return callers
        .get()
        .chain(caller -> service.revoke(caller, Schools.inScope(caller, school), invitation));
  }

  private static RestResponse<Invitation> created(UUID school, Invitation invitation) {
    URI location = URI.create("/identity/v1/schools/" + school + "/invitations/" + invitation.id());
    return RestResponse.ResponseBuilder.<Invitation>created(location).entity(invitation).build();
  }
}
