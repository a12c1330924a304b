package uk.progressstream.audit.records;

import io.quarkus.oidc.BearerTokenAuthentication;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.access.CurrentCaller;
import uk.progressstream.platform.page.Page;
import uk.progressstream.platform.problem.Problem;

/** The log as a school reads it: who did what to its data, and the proof. */
@Path("/audit/v1/records")
@BearerTokenAuthentication
public class RecordResource {
  private final CurrentCaller callers;
  private final RecordService service;

  RecordResource(CurrentCaller callers, RecordService service) {
    this.callers = callers;
    this.service = service;
  }

  /** A page of records, newest first. */
  @GET
  @RolesAllowed("audit:read")
  @Operation(summary = "Records of the caller's schools, newest first")
  public Uni<Page<AuditRecord>> list(
      @RestQuery @Nullable String kind,
      @RestQuery @Nullable String from,
      @RestQuery @Nullable String to,
      @RestQuery @Nullable String actor,
      @RestQuery @Nullable String after,
      @RestQuery @Nullable Integer limit) {
    RecordFilter filter = RecordFilter.of(kind, from, to, actor);
    return callers.get().chain(caller -> service.page(caller, filter, after, Page.limit(limit)));
  }

  /** One record. */
  @GET
  @Path("/{record}")
  @RolesAllowed("audit:read")
  @Operation(summary = "One record; its id is what Audit-Record of a download says")
  public Uni<AuditRecord> one(@RestPath String record) {
    UUID id = id(record);
    return callers.get().chain(caller -> service.one(caller, id));
  }

  /** The proof of one record. */
  @GET
  @Path("/{record}/proof")
  @Produces("text/plain; charset=utf-8")
  @RolesAllowed("audit:read")
  @Operation(summary = "Proof that stands alone (C2SP tlog-proof); extra holds salt and record")
  public Uni<String> proof(@RestPath String record) {
    UUID id = id(record);
    return callers.get().chain(caller -> service.proof(caller, id));
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw Problem.notFound();
    }
  }
}
