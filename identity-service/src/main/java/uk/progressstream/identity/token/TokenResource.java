package uk.progressstream.identity.token;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.limit.CallerAddress;
import uk.progressstream.platform.problem.Problem;
import uk.progressstream.platform.problem.ProblemMapper;

/** The token endpoint. */
@Path("/identity/v1/token")
public class TokenResource {
  private static final int FIELDS_MAX = 64;
  private static final int UNAVAILABLE = 503;

  private final TokenService service;

  TokenResource(TokenService service) {
    this.service = service;
  }

  /** Exchanges a Google or Microsoft ID token for an access token. */
  @POST
  @PermitAll
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "OAuth 2.0 Token Exchange (RFC 8693)")
  public Uni<RestResponse<TokenAnswer>> exchange(
      String form,
      @Parameter(hidden = true) @RestHeader(CallerAddress.HEADER) @Nullable String forwarded) {
    TokenRequest request = TokenRequest.read(fields(form), service.services());
    return service
        .exchange(request, forwarded)
        .map(token -> answer(RestResponse.ResponseBuilder.ok(TokenAnswer.of(token))));
  }

  @ServerExceptionMapper
  RestResponse<TokenError> refused(TokenRefusal refusal) {
    RestResponse.ResponseBuilder<TokenError> builder =
        RestResponse.ResponseBuilder.<TokenError>create(refusal.status())
            .type(MediaType.APPLICATION_JSON)
            .entity(new TokenError(refusal.error(), refusal.description()));
    if (refusal.retryAfterSeconds() > 0) {
      builder.header("Retry-After", refusal.retryAfterSeconds());
    }
    return answer(builder);
  }

  /** What this endpoint hangs on does not answer: said in this endpoint's own way too. */
  @ServerExceptionMapper
  Response unavailable(Problem problem) {
    return problem.status() == UNAVAILABLE
        ? refused(TokenRefusal.unavailable(Math.max(1, problem.retryAfterSeconds()))).toResponse()
        : ProblemMapper.answer(problem);
  }

  private static Map<String, List<String>> fields(String form) {
    try {
      return new QueryStringDecoder(form, StandardCharsets.UTF_8, false, FIELDS_MAX).parameters();
    } catch (IllegalArgumentException e) {
      throw TokenRefusal.invalidRequest("the form is not understood");
    }
  }

  private static <T> RestResponse<T> answer(RestResponse.ResponseBuilder<T> builder) {
    return builder.header("Cache-Control", "no-store").header("Pragma", "no-cache").build();
  }
}
