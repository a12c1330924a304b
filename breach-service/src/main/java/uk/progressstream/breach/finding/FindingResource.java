package uk.progressstream.breach.finding;

import io.quarkus.oidc.BearerTokenAuthentication;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse.StatusCode;
import org.jspecify.annotations.Nullable;
import uk.progressstream.breach.request.IdempotencyKey;
import uk.progressstream.platform.access.CurrentCaller;

/** Findings, evidence and decisions; they are read in the breach's timeline. */
@Path("/breach/v1/breaches/{breach}/findings")
@BearerTokenAuthentication
public class FindingResource {
  private final CurrentCaller callers;
  private final FindingService service;

  FindingResource(CurrentCaller callers, FindingService service) {
    this.callers = callers;
    this.service = service;
  }

  /** Adds to the timeline; there is no way to change or remove it. */
  @POST
  @RolesAllowed("breach:manage")
  @ResponseStatus(StatusCode.CREATED)
  @Operation(summary = "Adds a finding to the timeline, for good; the text names nobody")
  public Uni<Finding> add(
      @RestPath UUID breach,
      @RestHeader(IdempotencyKey.HEADER) @Nullable String key,
      NewFinding request) {
    NewFinding.Checked finding = request.checked();
    IdempotencyKey idempotencyKey = IdempotencyKey.of(key);
    return callers.get().chain(caller -> service.add(caller, breach, finding, idempotencyKey));
  }
}
