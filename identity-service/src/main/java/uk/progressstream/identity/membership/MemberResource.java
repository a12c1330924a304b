package uk.progressstream.identity.membership;

import io.quarkus.oidc.BearerTokenAuthentication;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.grant.Role;
import uk.progressstream.identity.request.Schools;
import uk.progressstream.platform.access.CurrentCaller;
import uk.progressstream.platform.page.Page;
import uk.progressstream.platform.problem.Problem;

/** Accounts of a school, for its admins. */
@Path("/identity/v1/schools/{school}/accounts")
@BearerTokenAuthentication
public class MemberResource {
  private final CurrentCaller callers;
  private final MemberService service;

  MemberResource(CurrentCaller callers, MemberService service) {
    this.callers = callers;
    this.service = service;
  }

  /** A page of accounts, one item a role. */
  @GET
  @RolesAllowed("identity:manage")
  @Operation(summary = "Accounts of the school and their roles")
  public Uni<Page<Member>> list(
      @RestPath UUID school,
      @RestQuery @Nullable String after,
      @RestQuery @Nullable Integer limit) {
    return callers
        .get()
        .chain(
            caller ->
                service.page(caller, Schools.inScope(caller, school), after, Page.limit(limit)));
  }

  /** Ends a role of an account. */
  @DELETE
  @Path("/{account}/roles/{role}")
  @RolesAllowed("identity:manage")
  @Operation(summary = "End a role; the account's tokens are refused within seconds")
  public Uni<Void> end(@RestPath UUID school, @RestPath UUID account, @RestPath String role) {
    Role known = Role.of(role).orElseThrow(Problem::notFound);
    return callers
        .get()
        .chain(caller -> service.end(caller, Schools.inScope(caller, school), account, known));
  }
}
