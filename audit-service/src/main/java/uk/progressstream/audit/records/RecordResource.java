package uk.progressstream.audit.records;

import io.quarkus.oidc.BearerTokenAuthentication;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestMulti;
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
  // Plain text: of any type with "json" in its name the framework would make one array, in
  // brackets.
  private static final String LINES = "text/plain; charset=utf-8";

  private final CurrentCaller callers;
  private final RecordService service;
  private final RecordExport exports;

  RecordResource(CurrentCaller callers, RecordService service, RecordExport exports) {
    this.callers = callers;
    this.service = service;
    this.exports = exports;
  }

  /** A page of records, newest first. */
  @GET
  @RolesAllowed("audit:read")
  @Operation(summary = "Records of the caller's schools, newest first")
  public Uni<Page<AuditRecord>> list(
      @RestQuery @Nullable String kind,
      @RestQuery @Nullable String from,
      @RestQuery @Nullable String to,
      @RestQuery @Nullable UUID actor,
      @RestQuery("class") @Nullable UUID schoolClass,
      @RestQuery @Nullable String outcome,
      @RestQuery @Nullable String after,
      @RestQuery @Nullable Integer limit) {
    RecordFilter filter = RecordFilter.of(kind, from, to, actor, schoolClass, outcome);
    return callers.get().chain(caller -> service.page(caller, filter, after, Page.limit(limit)));
  }

  /**
   * All of them with their salts, to be verified; the log holds its record before the first byte.
   */
  @GET
  @Path("/export")
  @Produces(LINES)
  @RolesAllowed("audit:read")
  @Operation(summary = "Records with salt and leaf, a line of JSON each, in the order of the log")
  public RestMulti<String> export(
      @RestQuery @Nullable String kind,
      @RestQuery @Nullable String from,
      @RestQuery @Nullable String to,
      @RestQuery @Nullable UUID actor,
      @RestQuery("class") @Nullable UUID schoolClass,
      @RestQuery @Nullable String outcome) {
    RecordFilter filter = RecordFilter.of(kind, from, to, actor, schoolClass, outcome);
    return RestMulti.fromUniResponse(
        callers.get().chain(caller -> exports.begin(caller, filter)),
        download -> exports.lines(filter, download),
        download -> download.headers(LINES, "records.jsonl"));
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

  /** The proof of one record's leaf without the record. */
  @GET
  @Path("/{record}/entry-proof")
  @Produces("text/plain; charset=utf-8")
  @RolesAllowed("audit:read")
  @Operation(summary = "Proof of the leaf alone, without the record; also of an erased one")
  public Uni<String> entryProof(@RestPath String record) {
    UUID id = id(record);
    return callers.get().chain(caller -> service.entryProof(caller, id));
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw Problem.notFound();
    }
  }
}
