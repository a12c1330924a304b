package uk.progressstream.platform.edge;

import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.problem.Problem;
import uk.progressstream.platform.problem.ProblemBody;

/**
 * Reads that want less than the whole answer: its head, or only what is new by its entity tag (RFC
 * 9110, 8.8.3 and 13.1).
 */
public final class Conditions {
  private static final String TAG = "ETag";
  private static final String WEAK = "W/";
  private static final Problem CHANGED =
      new Problem(
          412, "changed-meanwhile", "Changed meanwhile", "It is not what If-Match names any more.");

  /**
   * The head of a stream is its media type: nothing is read for it, so nothing is recorded. Of
   * anything else the head tells whether it is there, which is a read like any other.
   */
  @ServerRequestFilter
  public @Nullable Response headOfStream(ContainerRequestContext request, ResourceInfo call) {
    if (!request.getMethod().equals("HEAD")
        || !Multi.class.isAssignableFrom(call.getResourceMethod().getReturnType())) {
      return null;
    }
    Produces produces = call.getResourceMethod().getAnnotation(Produces.class);
    return Response.ok().header("Content-Type", produces.value()[0]).build();
  }

  /** If-None-Match and If-Match of a read, after it was made and recorded. */
  @ServerResponseFilter
  public void tagged(ContainerRequestContext request, ContainerResponseContext response) {
    typeHead(request, response);
    Object tag = response.getHeaders().getFirst(TAG);
    if (tag == null || response.getStatus() != 200 || isChange(request.getMethod())) {
      return;
    }
    String match = request.getHeaderString("If-Match");
    if (match != null && !ifMatch(match, tag.toString())) {
      response.setStatus(CHANGED.status());
      response.setEntity(ProblemBody.of(CHANGED));
      response.getHeaders().putSingle("Content-Type", ProblemBody.MEDIA_TYPE);
      return;
    }
    String noneMatch = request.getHeaderString("If-None-Match");
    if (noneMatch != null && known(noneMatch, tag.toString())) {
      response.setStatus(304);
      response.setEntity(null);
    }
  }

  /** Without a body nothing else would say of what type it is; {@link Edge} left one to ask for. */
  private static void typeHead(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getMethod().equals("HEAD")
        && response.hasEntity()
        && response.getMediaType() == null) {
      String asked = request.getHeaderString("Accept");
      response.getHeaders().putSingle("Content-Type", asked == null ? "application/json" : asked);
    }
  }

  private static boolean isChange(String method) {
    return !method.equals("GET") && !method.equals("HEAD");
  }

  /** Whether {@code If-Match} holds for a thing that has this tag. */
  public static boolean ifMatch(String field, String current) {
    return holds(field, current);
  }

  /** Whether {@code If-None-Match} names what the asker would be given again. */
  static boolean known(String field, String current) {
    return holds(field.replace(WEAK, ""), current.replace(WEAK, ""));
  }

  private static boolean holds(String field, String current) {
    return field.strip().equals("*")
        || Arrays.stream(field.split(",", -1)).map(String::strip).anyMatch(current::equals);
  }
}
