package uk.progressstream.audit.erasure;

import io.quarkus.oidc.BearerTokenAuthentication;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import uk.progressstream.platform.access.CurrentCaller;
import uk.progressstream.platform.problem.Problem;

/** Erasure, for a school's data protection officer and nobody else. */
@Path("/audit/v1/erasures")
@BearerTokenAuthentication
public class ErasureResource {
  private final CurrentCaller callers;
  private final ErasureService service;

  ErasureResource(CurrentCaller callers, ErasureService service) {
    this.callers = callers;
    this.service = service;
  }

  /** Destroys a record's salt and content; its leaf and its number stay. */
  @POST
  @Path("/{record}")
  @RolesAllowed("audit:erase")
  @Operation(summary = "Erases a record of the school for good; the erasure is a record itself")
  public Uni<Erasure> erase(@RestPath String record, ErasureRequest request) {
    UUID id = id(record);
    return callers.get().chain(caller -> service.erase(caller, id, request));
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw Problem.notFound();
    }
  }
}
