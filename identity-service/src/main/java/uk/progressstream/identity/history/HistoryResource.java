package uk.progressstream.identity.history;

import io.quarkus.oidc.BearerTokenAuthentication;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.request.Schools;
import uk.progressstream.platform.access.CurrentCaller;
import uk.progressstream.platform.page.Page;

/** A school's history, for its admins. */
@Path("/identity/v1/schools/{school}/history")
@BearerTokenAuthentication
public class HistoryResource {
  private final CurrentCaller callers;
  private final HistoryService service;

  HistoryResource(CurrentCaller callers, HistoryService service) {
    this.callers = callers;
    this.service = service;
  }

  /** A page of what changed at the school. */
  @GET
  @RolesAllowed("identity:manage")
  @Operation(summary = "Who changed what at the school, newest first, with before and after")
  public Uni<Page<Change>> ofSchool(
      @RestPath UUID school,
      @RestQuery @Nullable String after,
      @RestQuery @Nullable Integer limit) {
    return callers
        .get()
        .chain(
            caller ->
                service.ofSchool(
                    caller, Schools.inScope(caller, school), after, Page.limit(limit)));
  }
}
