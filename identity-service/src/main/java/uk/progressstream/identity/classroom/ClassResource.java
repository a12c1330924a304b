package uk.progressstream.identity.classroom;

import io.quarkus.oidc.BearerTokenAuthentication;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
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
import uk.progressstream.platform.problem.Problem;

/** Classes of a school. */
@Path("/identity/v1/schools/{school}/classes")
@BearerTokenAuthentication
public class ClassResource {
  private final CurrentCaller callers;
  private final ClassService service;

  ClassResource(CurrentCaller callers, ClassService service) {
    this.callers = callers;
    this.service = service;
  }

  /** Makes a class. */
  @POST
  @RolesAllowed("identity:manage")
  @Operation(summary = "Make a class")
  public Uni<RestResponse<SchoolClass>> add(
      @RestPath UUID school,
      @RestHeader(CreationId.HEADER) @Nullable String key,
      ClassText.Request request) {
    ClassText text = checked(request);
    return callers
        .get()
        .chain(
            caller ->
                service.add(
                    caller,
                    Schools.inScope(caller, school),
                    CreationId.of(key, caller.account(), "class|" + school),
                    text))
        .map(added -> created(school, added));
  }

  /** A page of open classes that the scope holds. */
  @GET
  @RolesAllowed("identity:read")
  @Operation(summary = "Open classes of the school that the caller's scope holds")
  public Uni<Page<SchoolClass>> list(
      @RestPath UUID school, @RestQuery @Nullable UUID after, @RestQuery @Nullable Integer limit) {
    return callers
        .get()
        .chain(
            caller ->
                service.page(caller, Schools.inScope(caller, school), after, Page.limit(limit)));
  }

  /** One class, closed or not. */
  @GET
  @Path("/{id}")
  @RolesAllowed("identity:read")
  @Operation(summary = "One class, with its ETag")
  public Uni<RestResponse<SchoolClass>> read(@RestPath UUID school, @RestPath UUID id) {
    return callers
        .get()
        .chain(caller -> service.find(caller, Schools.inScope(caller, school), id))
        .map(ClassResource::tagged);
  }

  /** Changes code, subject and year group together. */
  @PUT
  @Path("/{id}")
  @RolesAllowed("identity:manage")
  @Operation(summary = "Change a class; If-Match holds the ETag that was read")
  public Uni<RestResponse<SchoolClass>> change(
      @RestPath UUID school,
      @RestPath UUID id,
      @RestHeader("If-Match") @Nullable String etag,
      ClassText.Request request) {
    ClassText text = checked(request);
    if (etag == null) {
      throw new Problem(
          428, "if-match-missing", "If-Match missing", "Send the ETag of what you change.");
    }
    return callers
        .get()
        .chain(caller -> service.change(caller, Schools.inScope(caller, school), id, etag, text))
        .map(ClassResource::tagged);
  }

  /** Closes a class. */
  @DELETE
  @Path("/{id}")
  @RolesAllowed("identity:manage")
  @Operation(summary = "Close a class: no later token holds it through a cluster")
  public Uni<Void> close(@RestPath UUID school, @RestPath UUID id) {
    return callers
        .get()
        .chain(caller -> service.close(caller, Schools.inScope(caller, school), id));
  }

  private static ClassText checked(ClassText.@Nullable Request request) {
    return (request == null ? new ClassText.Request(null, null, null) : request).checked();
  }

  private static RestResponse<SchoolClass> tagged(SchoolClass found) {
    return RestResponse.ResponseBuilder.ok(found).header("ETag", found.etag()).build();
  }

  private static RestResponse<SchoolClass> created(UUID school, SchoolClass added) {
    URI location = URI.create("/identity/v1/schools/" + school + "/classes/" + added.id());
    return RestResponse.ResponseBuilder.<SchoolClass>created(location)
        .entity(added)
        .header("ETag", added.etag())
        .build();
  }
}
