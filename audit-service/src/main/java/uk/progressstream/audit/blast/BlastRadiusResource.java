package uk.progressstream.audit.blast;

import io.quarkus.oidc.BearerTokenAuthentication;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.access.CurrentCaller;
import uk.progressstream.platform.page.Page;

/** The blast radius as a school's own people ask for it. */
@Path("/audit/v1/blast-radius")
@BearerTokenAuthentication
public class BlastRadiusResource {
  private final CurrentCaller callers;
  private final BlastRadiusService service;

  BlastRadiusResource(CurrentCaller callers, BlastRadiusService service) {
    this.callers = callers;
    this.service = service;
  }

  /** Counts by actor and kind; always one page. */
  @GET
  @RolesAllowed("audit:read")
  @Operation(summary = "Which actors touched which classes and columns, and how many pupils")
  public Uni<Page<Touch>> query(
      @RestQuery @Nullable String from,
      @RestQuery @Nullable String to,
      @RestQuery @Nullable String actor,
      @RestQuery @Nullable String school) {
    BlastQuestion question = BlastQuestion.of(from, to, actor, school);
    return callers
        .get()
        .chain(caller -> service.ofOwnSchools(caller, question))
        .map(touches -> new Page<>(touches, null));
  }
}
