package uk.progressstream.breach.scope;

import io.quarkus.oidc.BearerTokenAuthentication;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse.StatusCode;
import uk.progressstream.platform.access.CurrentCaller;

/** The scope of a breach: what the logs say, and what a person confirms. */
@Path("/breach/v1/breaches/{breach}/scope")
@BearerTokenAuthentication
public class ScopeResource {
  private final CurrentCaller callers;
  private final ScopeService service;

  ScopeResource(CurrentCaller callers, ScopeService service) {
    this.callers = callers;
    this.service = service;
  }

  /** Who touched which school's data in the window; in counts, no row. */
  @GET
  @RolesAllowed("breach:manage")
  @Operation(summary = "What the audit log says about every school in the breach's window")
  public Uni<BreachScope> read(@RestPath UUID breach) {
    return callers.get().chain(caller -> service.read(caller, breach));
  }

  /** Confirms affected schools; one that is found later is another confirmation. */
  @POST
  @RolesAllowed("breach:manage")
  @Path("/confirmations")
  @ResponseStatus(StatusCode.CREATED)
  @Operation(summary = "Confirms which schools were affected and completes the step scope")
  public Uni<ConfirmedScope> confirm(@RestPath UUID breach, ScopeConfirmation request) {
    List<UUID> schools = request.checked();
    return callers.get().chain(caller -> service.confirm(caller, breach, schools));
  }
}
