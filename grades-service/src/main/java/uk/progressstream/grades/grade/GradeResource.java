package uk.progressstream.grades.grade;

import io.quarkus.oidc.BearerTokenAuthentication;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.access.CurrentCaller;
import uk.progressstream.platform.page.Page;

/** Grades as a teacher's app reads them. */
@Path("/grades/v1/grades")
@BearerTokenAuthentication
public class GradeResource {
  private final CurrentCaller callers;
  private final GradeService service;

  GradeResource(CurrentCaller callers, GradeService service) {
    this.callers = callers;
    this.service = service;
  }

  /** A page of grades. */
  @GET
  @RolesAllowed("grades:read")
  @Operation(summary = "Grades by psId that the caller's scope holds")
  public Uni<Page<Grade>> list(
      @RestQuery("class") @Nullable UUID schoolClass,
      @RestQuery @Nullable String subject,
      @RestQuery @Nullable String kind,
      @RestQuery @Nullable String after,
      @RestQuery @Nullable Integer limit) {
    GradeFilter filter = GradeFilter.of(schoolClass, subject, kind);
    return callers.get().chain(caller -> service.page(caller, filter, after, Page.limit(limit)));
  }

  /** The same as a download; the log holds its record before the first byte leaves. */
  @GET
  @Path("/export")
  @Produces("text/csv")
  @RolesAllowed("grades:export")
  @Operation(summary = "Grades as CSV; Audit-Record names the record of this download")
  public RestMulti<String> export(
      @RestQuery("class") @Nullable UUID schoolClass,
      @RestQuery @Nullable String subject,
      @RestQuery @Nullable String kind) {
    GradeFilter filter = GradeFilter.of(schoolClass, subject, kind);
    return RestMulti.fromUniResponse(
        callers.get().chain(caller -> service.beginExport(caller, filter)),
        download -> service.export(filter, download),
        download -> download.csvHeaders("grades.csv"));
  }
}
