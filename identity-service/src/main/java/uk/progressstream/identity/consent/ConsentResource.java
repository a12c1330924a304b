package uk.progressstream.identity.consent;

import io.quarkus.oidc.BearerTokenAuthentication;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import uk.progressstream.identity.request.Schools;
import uk.progressstream.platform.access.CurrentCaller;
import uk.progressstream.platform.problem.Problem;

/** Standing consents of a school, for its admins. */
@Path("/identity/v1/schools/{school}/consents/{purpose}")
@BearerTokenAuthentication
public class ConsentResource {
  private static final Set<String> PURPOSES = Set.of("backup", "prediction");

  private final CurrentCaller callers;
  private final ConsentService service;

  ConsentResource(CurrentCaller callers, ConsentService service) {
    this.callers = callers;
    this.service = service;
  }

  /** The consent, if it was given. */
  @GET
  @RolesAllowed("identity:manage")
  @Operation(summary = "A standing consent; 404 where none is given")
  public Uni<Consent> read(@RestPath UUID school, @RestPath String purpose) {
    String known = known(purpose);
    return callers
        .get()
        .chain(caller -> service.find(caller, Schools.inScope(caller, school), known));
  }

  /** Gives it. */
  @PUT
  @RolesAllowed("identity:manage")
  @Operation(summary = "Give a standing consent")
  public Uni<Consent> give(@RestPath UUID school, @RestPath String purpose) {
    String known = known(purpose);
    return callers
        .get()
        .chain(caller -> service.give(caller, Schools.inScope(caller, school), known));
  }

  /** Takes it back: errands for this purpose are no longer issued. */
  @DELETE
  @RolesAllowed("identity:manage")
  @Operation(summary = "Take a standing consent back")
  public Uni<Void> withdraw(@RestPath UUID school, @RestPath String purpose) {
    String known = known(purpose);
    return callers
        .get()
        .chain(caller -> service.withdraw(caller, Schools.inScope(caller, school), known));
  }

  private static String known(String purpose) {
    if (!PURPOSES.contains(purpose)) {
      throw Problem.notFound();
    }
    return purpose;
  }
}
