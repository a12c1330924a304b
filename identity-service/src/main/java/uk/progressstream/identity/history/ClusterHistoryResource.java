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
import uk.progressstream.platform.access.CurrentCaller;
import uk.progressstream.platform.page.Page;

/** A cluster's history, for the admins of each school in it. */
@Path("/identity/v1/clusters/{cluster}/history")
@BearerTokenAuthentication
public class ClusterHistoryResource {
  private final CurrentCaller callers;
  private final HistoryService service;

  ClusterHistoryResource(CurrentCaller callers, HistoryService service) {
    this.callers = callers;
    this.service = service;
  }

  /** A page of what became of the cluster. */
  @GET
  @RolesAllowed("identity:manage")
  @Operation(summary = "Who changed what about a cluster, newest first, with before and after")
  public Uni<Page<Change>> ofCluster(
      @RestPath UUID cluster,
      @RestQuery @Nullable String after,
      @RestQuery @Nullable Integer limit) {
    return callers
        .get()
        .chain(caller -> service.ofCluster(caller, cluster, after, Page.limit(limit)));
  }
}
