package uk.progressstream.identity.token;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;

/** The keys by which anybody can verify an access token. */
@Path("/identity/.well-known/jwks.json")
public class JwksResource {
  private static final int KEPT_FOR_SECONDS = 300;

  private final SigningKeys keys;

  JwksResource(SigningKeys keys) {
    this.keys = keys;
  }

  /** A JWK set. */
  @GET
  @PermitAll
  @Produces("application/json")
  @Operation(summary = "Public keys of access tokens, a JWK set (RFC 7517)")
  public RestResponse<String> keys() {
    return RestResponse.ResponseBuilder.ok(keys.jwks())
        .header("Cache-Control", "public, max-age=" + KEPT_FOR_SECONDS)
        .build();
  }
}
