package uk.progressstream.identity.me;

import io.quarkus.oidc.BearerTokenAuthentication;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import uk.progressstream.platform.access.CurrentCaller;

/** Who am I, here. */
@Path("/identity/v1/me")
@BearerTokenAuthentication
public class MeResource {
  private final CurrentCaller callers;
  private final MeService service;

  MeResource(CurrentCaller callers, MeService service) {
    this.callers = callers;
    this.service = service;
  }

  /** The caller's account, roles, and what they see and why. */
  @GET
  @Authenticated
  @Operation(summary = "What the caller may see, and why")
  public Uni<Me> me() {
    return callers.get().chain(service::me);
  }
}
