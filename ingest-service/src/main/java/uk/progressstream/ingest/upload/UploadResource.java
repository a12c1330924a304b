package uk.progressstream.ingest.upload;

import io.quarkus.oidc.BearerTokenAuthentication;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.access.CurrentCaller;
import uk.progressstream.platform.page.Page;

/** Uploads: sending a file, and seeing how far it is. */
@Path("/ingest/v1/uploads")
@BearerTokenAuthentication
public class UploadResource {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  private final CurrentCaller callers;
  private final UploadReceiver receiver;
  private final UploadService service;

  UploadResource(CurrentCaller callers, UploadReceiver receiver, UploadService service) {
    this.callers = callers;
    this.receiver = receiver;
    this.service = service;
  }

  /**
   * Sends a file. The answer comes when the last byte has been read: nothing may be kept on a disk,
   * so there is nothing to work on after the request is over. Meanwhile others can follow the
   * upload, which is in the list from its first moment.
   */
  @POST
  @Blocking
  @Consumes("text/csv")
  @RolesAllowed("uploads:write")
  @Operation(summary = "Send a CSV file; 202 with the upload's Location")
  public Response send(
      @RestQuery @Nullable UUID school,
      @RestQuery @Nullable String kind,
      @RestQuery @Nullable String mode,
      @RestQuery @Nullable Boolean dryRun,
      @RestHeader("Idempotency-Key") @Nullable String key,
      @Parameter(hidden = true) @RestHeader("Content-Length") @Nullable Long bytes,
      InputStream body) {
    UploadRequest request = UploadRequest.of(school, kind, mode, Boolean.TRUE.equals(dryRun), key);
    receiver.check(bytes);
    Caller caller = callers.get().await().atMost(ANSWER_WITHIN);
    return accepted(receiver.receive(caller, request, body));
  }

  private static Response accepted(Upload upload) {
    // Relative, since only the gateway knows its own name.
    return Response.accepted(upload)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header("Location", "/ingest/v1/uploads/" + upload.id())
        .build();
  }

  /** A school's uploads, newest first. */
  @GET
  @RolesAllowed("uploads:read")
  @Operation(summary = "A school's uploads, newest first")
  public Uni<Page<Upload>> list(
      @RestQuery @Nullable UUID school,
      @RestQuery @Nullable String after,
      @RestQuery @Nullable Integer limit) {
    UUID schoolId = Ids.school(school);
    UploadCursor cursor = UploadCursor.of(after);
    return callers.get().chain(caller -> service.page(caller, schoolId, cursor, Page.limit(limit)));
  }

  /** One upload. */
  @GET
  @Path("/{upload}")
  @RolesAllowed("uploads:read")
  @Operation(summary = "How far an upload is")
  public Uni<Upload> get(@RestPath String upload) {
    UUID id = Ids.upload(upload);
    return callers.get().chain(caller -> service.find(caller, id));
  }

  /**
   * The same as server-sent events, until it has ended. That it is there is found out first: once a
   * stream has begun it can't turn into a problem any more.
   */
  @GET
  @Blocking
  @Path("/{upload}/progress")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.APPLICATION_JSON)
  @RolesAllowed("uploads:read")
  @Operation(summary = "How far an upload is, as server-sent events")
  public Multi<Upload> progress(@RestPath String upload) {
    UUID id = Ids.upload(upload);
    Caller caller = callers.get().await().atMost(ANSWER_WITHIN);
    service.find(caller, id).await().atMost(ANSWER_WITHIN);
    return service.progress(caller, id);
  }
}
