package uk.progressstream.breach.incident;

import io.quarkus.oidc.BearerTokenAuthentication;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import uk.progressstream.breach.request.IdempotencyKey;
import uk.progressstream.platform.access.CurrentCaller;
import uk.progressstream.platform.page.Page;

/** Breaches, for the company's data protection officer. */
@Path("/breach/v1/breaches")
@BearerTokenAuthentication
public class BreachResource {
  private final CurrentCaller callers;
  private final BreachService service;

  BreachResource(CurrentCaller callers, BreachService service) {
    this.callers = callers;
    this.service = service;
  }

  /** Opens a breach: from here on its clock runs. */
  @POST
  @RolesAllowed("breach:manage")
  @Operation(summary = "Opens a breach; the summary is about what happened and names nobody")
  public Uni<RestResponse<Breach>> open(
      @RestHeader(IdempotencyKey.HEADER) @Nullable String key, NewBreach request) {
    IncidentDraft draft = request.checked(Instant.now());
    IdempotencyKey idempotencyKey = IdempotencyKey.of(key);
    return callers
        .get()
        .chain(caller -> service.open(caller, draft, idempotencyKey))
        .map(BreachResource::created);
  }

  /** A page of breaches, oldest first. */
  @GET
  @RolesAllowed("breach:manage")
  @Operation(summary = "Breaches and how they stand")
  public Uni<Page<Breach>> list(
      @RestQuery @Nullable UUID after, @RestQuery @Nullable Integer limit) {
    return callers.get().chain(caller -> service.page(caller, after, Page.limit(limit)));
  }

  /** One breach. */
  @GET
  @RolesAllowed("breach:manage")
  @Path("/{breach}")
  @Operation(summary = "A breach, its six deadlines and its timeline")
  public Uni<BreachDetail> one(@RestPath UUID breach) {
    return callers.get().chain(caller -> service.one(caller, breach));
  }

  private static RestResponse<Breach> created(Breach breach) {
    URI location = URI.create("/breach/v1/breaches/" + breach.id());
    return RestResponse.ResponseBuilder.<Breach>created(location).entity(breach).build();
  }
}
