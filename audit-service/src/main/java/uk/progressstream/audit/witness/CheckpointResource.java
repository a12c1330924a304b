package uk.progressstream.audit.witness;

import io.quarkus.oidc.BearerTokenAuthentication;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import uk.progressstream.platform.access.CurrentCaller;

/** Checkpoints as a school's witness hands them in, and gets them. */
@Path("/audit/v1/checkpoints")
@BearerTokenAuthentication
public class CheckpointResource {
  private final CurrentCaller callers;
  private final CheckpointService service;

  CheckpointResource(CurrentCaller callers, CheckpointService service) {
    this.callers = callers;
    this.service = service;
  }

  /** Hands in a checkpoint that the school saw. */
  @POST
  @Consumes("text/plain")
  @RolesAllowed("audit:read")
  @Operation(summary = "Keeps a checkpoint that the school saw; the log is held to it from then on")
  public Uni<SeenCheckpoint> add(String note) {
    return callers.get().chain(caller -> service.add(caller, note));
  }

  /** The latest checkpoint, held against those that the school handed in. */
  @GET
  @Path("/latest")
  @Produces("text/plain; charset=utf-8")
  @RolesAllowed("audit:read")
  @Operation(summary = "Latest checkpoint, if it fits every one that the school handed in")
  public Uni<String> latest() {
    return callers.get().chain(service::latest);
  }
}
