package uk.progressstream.identity.cluster;

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
import uk.progressstream.platform.access.CurrentCaller;
import uk.progressstream.platform.page.Page;

/** Clusters, for the admins of the schools in them. */
@Path("/identity/v1/clusters")
@BearerTokenAuthentication
public class ClusterResource {
  private final CurrentCaller callers;
  private final ClusterService service;

  ClusterResource(CurrentCaller callers, ClusterService service) {
    this.callers = callers;
    this.service = service;
  }

  /** Proposes a cluster. */
  @POST
  @RolesAllowed("identity:manage")
  @Operation(summary = "Propose a cluster; it works once every school in it has approved")
  public Uni<RestResponse<Cluster>> propose(
      @RestHeader(CreationId.HEADER) @Nullable String key, @Nullable NewCluster request) {
    NewCluster asked = request == null ? new NewCluster(null, null) : request;
    return callers
        .get()
        .chain(
            caller ->
                service.propose(caller, CreationId.of(key, caller.account(), "cluster"), asked))
        .map(ClusterResource::created);
  }

  /** A page of the clusters that the school is in. */
  @GET
  @RolesAllowed("identity:manage")
  @Operation(summary = "Clusters that the admin's school is in, its own and others' proposals")
  public Uni<Page<Cluster>> list(
      @RestQuery @Nullable UUID after, @RestQuery @Nullable Integer limit) {
    return callers.get().chain(caller -> service.page(caller, after, Page.limit(limit)));
  }

  /** One cluster. */
  @GET
  @Path("/{cluster}")
  @RolesAllowed("identity:manage")
  @Operation(summary = "One cluster that the admin's school is in")
  public Uni<Cluster> read(@RestPath UUID cluster) {
    return callers.get().chain(caller -> service.find(caller, cluster));
  }

  /** Closes it. */
  @DELETE
  @Path("/{cluster}")
  @RolesAllowed("identity:manage")
  @Operation(summary = "Close a cluster for good, for the school that made it")
  public Uni<Void> close(@RestPath UUID cluster) {
    return callers.get().chain(caller -> service.close(caller, cluster)).replaceWithVoid();
  }

  /** Agrees for the admin's school. */
  @POST
  @Path("/{cluster}/approvals")
  @RolesAllowed("identity:manage")
  @Operation(summary = "Approve for the admin's school")
  public Uni<Cluster> approve(@RestPath UUID cluster) {
    return callers.get().chain(caller -> service.approve(caller, cluster));
  }

  /** Takes that back. */
  @DELETE
  @Path("/{cluster}/approvals")
  @RolesAllowed("identity:manage")
  @Operation(summary = "Withdraw the school's approval: the cluster stops working for everybody")
  public Uni<Cluster> withdraw(@RestPath UUID cluster) {
    return callers.get().chain(caller -> service.withdraw(caller, cluster));
  }

  /** Gives the cluster to a teacher. */
  @PUT
  @Path("/{cluster}/accounts/{account}")
  @RolesAllowed("identity:manage")
  @Operation(summary = "Assign the cluster to a teacher of the admin's school")
  public Uni<Cluster> assign(@RestPath UUID cluster, @RestPath UUID account) {
    return callers.get().chain(caller -> service.assign(caller, cluster, account));
  }

  /** Takes it away. */
  @DELETE
  @Path("/{cluster}/accounts/{account}")
  @RolesAllowed("identity:manage")
  @Operation(summary = "Take the cluster from an account")
  public Uni<Void> remove(@RestPath UUID cluster, @RestPath UUID account) {
    return callers
        .get()
        .chain(caller -> service.remove(caller, cluster, account))
        .replaceWithVoid();
  }

  private static RestResponse<Cluster> created(Cluster cluster) {
    URI location = URI.create("/identity/v1/clusters/" + cluster.id());
    return RestResponse.ResponseBuilder.<Cluster>created(location).entity(cluster).build();
  }
}
