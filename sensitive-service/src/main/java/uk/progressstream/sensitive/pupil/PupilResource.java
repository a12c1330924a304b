package uk.progressstream.sensitive.pupil;

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

/** Sensitive fields as who may read them gets them. */
@Path("/sensitive/v1/pupils")
@BearerTokenAuthentication
public class PupilResource {
  private final CurrentCaller callers;
  private final PupilService service;

  PupilResource(CurrentCaller callers, PupilService service) {
    this.callers = callers;
    this.service = service;
  }

  /** A page of pupils. */
  @GET
  @RolesAllowed("sensitive:read")
  @Operation(summary = "Sensitive fields by psId that the caller's scope holds")
  public Uni<Page<Pupil>> list(
      @RestQuery("class") @Nullable UUID schoolClass,
      @RestQuery @Nullable String after,
      @RestQuery @Nullable Integer limit) {
    PupilFilter filter = new PupilFilter(schoolClass);
    return callers.get().chain(caller -> service.page(caller, filter, after, Page.limit(limit)));
  }

  /** The same as a download; the log holds its record before the first byte leaves. */
  @GET
  @Path("/export")
  @Produces("text/csv")
  @RolesAllowed("sensitive:read")
  @Operation(summary = "Sensitive fields as CSV; Audit-Record names the record of this download")
  public RestMulti<String> export(@RestQuery("class") @Nullable UUID schoolClass) {
    PupilFilter filter = new PupilFilter(schoolClass);
    return RestMulti.fromUniResponse(
        callers.get().chain(caller -> service.beginExport(caller, filter)),
        download -> service.export(filter, download),
        download -> download.csvHeaders("sensitive.csv"));
  }
}
