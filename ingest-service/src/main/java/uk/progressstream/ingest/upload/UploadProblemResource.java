package uk.progressstream.ingest.upload;

import io.quarkus.oidc.BearerTokenAuthentication;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.access.CurrentCaller;
import uk.progressstream.platform.page.Page;

/** What was wrong with an upload: row, column, code, what to do; never the refused value. */
@Path("/ingest/v1/uploads/{upload}/problems")
@BearerTokenAuthentication
public class UploadProblemResource {
  private final CurrentCaller callers;
  private final UploadProblemService service;

  UploadProblemResource(CurrentCaller callers, UploadProblemService service) {
    this.callers = callers;
    this.service = service;
  }

  /** A page of problems in the order of the file. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed("uploads:read")
  @Operation(summary = "What was wrong with an upload")
  public Uni<Page<UploadProblem>> list(
      @RestPath String upload,
      @RestQuery @Nullable Integer after,
      @RestQuery @Nullable Integer limit) {
    UUID id = Ids.upload(upload);
    int position = after == null ? 0 : after;
    return callers.get().chain(caller -> service.page(caller, id, position, Page.limit(limit)));
  }

  /** All that are listed, as a file for a spreadsheet; who names no type gets JSON. */
  @GET
  @Produces("text/csv;qs=0.5")
  @RolesAllowed("uploads:read")
  @Operation(summary = "What was wrong with an upload, as CSV")
  public RestMulti<String> export(@RestPath String upload) {
    UUID id = Ids.upload(upload);
    return RestMulti.fromUniResponse(
        callers.get().chain(caller -> service.beginExport(caller, id)),
        download -> service.export(id, download),
        download -> download.csvHeaders("problems.csv"));
  }
}
