package uk.progressstream.identity.school;

import io.quarkus.oidc.BearerTokenAuthentication;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
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
import uk.progressstream.identity.grant.StaffPermissions;
import uk.progressstream.identity.request.CreationId;
import uk.progressstream.identity.request.Schools;
import uk.progressstream.platform.access.CurrentCaller;
import uk.progressstream.platform.page.Page;
import uk.progressstream.platform.problem.Problem;

/** Schools. */
@Path("/identity/v1/schools")
@BearerTokenAuthentication
public class SchoolResource {
  private final CurrentCaller callers;
  private final SchoolService service;

  SchoolResource(CurrentCaller callers, SchoolService service) {
    this.callers = callers;
    this.service = service;
  }

  /** Creates a school and invites its first admin; whoever does it gains no access. */
  @POST
  @RolesAllowed(StaffPermissions.ONBOARD)
  @Operation(summary = "Onboard a school and name its first admin")
  public Uni<RestResponse<School>> create(
      @RestHeader(CreationId.HEADER) @Nullable String key, @Nullable NewSchool request) {
    NewSchool asked = request == null ? new NewSchool(null, null, null) : request;
    return callers
        .get()
        .chain(
            caller ->
                service.create(
                    caller,
                    CreationId.of(key, caller.account(), "school"),
                    CreationId.of(key, caller.account(), "first-admin"),
                    asked))
        .map(SchoolResource::created);
  }

  /** A page of schools: for staff all names, for others what their scope holds. */
  @GET
  @RolesAllowed({"identity:read", StaffPermissions.ONBOARD, StaffPermissions.TAKE_SESSION})
  @Operation(summary = "Schools in scope; for staff the names of all")
  public Uni<Page<School>> list(
      @RestQuery @Nullable UUID after, @RestQuery @Nullable Integer limit) {
    return callers.get().chain(caller -> service.page(caller, after, Page.limit(limit)));
  }

  /**
   * A departure.
   *
   * @param urn the school's own, said again
   */
  public record Departure(@Nullable String urn) {}

  /** Lets a school leave. */
  @POST
  @Path("/{school}/departure")
  @RolesAllowed("identity:manage")
  @Operation(summary = "Leave: every role, cluster, lease and errand at the school ends")
  public Uni<Void> leave(@RestPath UUID school, @Nullable Departure departure) {
    if (departure == null || departure.urn() == null) {
      throw Problem.badRequest(
          "bad-departure", "Departure not understood", "Say the school's urn again.");
    }
    String urn = departure.urn().strip();
    return callers
        .get()
        .chain(caller -> service.leave(caller, Schools.inScope(caller, school), urn));
  }

  private static RestResponse<School> created(School school) {
    URI location = URI.create("/identity/v1/schools/" + school.id());
    return RestResponse.ResponseBuilder.<School>created(location).entity(school).build();
  }
}
