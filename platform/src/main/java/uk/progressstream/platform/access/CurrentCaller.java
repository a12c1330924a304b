package uk.progressstream.platform.access;

import io.grpc.Context;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.TenantIdentityProvider;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Who calls right now: by the bearer token of a REST request, or by the token that travels with
 * gRPC.
 */
@ApplicationScoped
public class CurrentCaller {
  private final CurrentIdentityAssociation identities;
  private final TenantIdentityProvider accessTokens;
  private final AccessTokenReader reader;
  private final PublishedKeys keys;

  CurrentCaller(
      CurrentIdentityAssociation identities,
      TenantIdentityProvider accessTokens,
      AccessTokenReader reader,
      PublishedKeys keys) {
    this.identities = identities;
    this.accessTokens = accessTokens;
    this.reader = reader;
    this.keys = keys;
  }

  /** The caller of the REST request; fails with 401 where there is none. */
  public Uni<Caller> get() {
    return identities.getDeferredIdentity().map(reader::read);
  }

  /**
   * The caller under whose scope a peer calls this gRPC method. The peer itself is checked by the
   * method's {@code @RolesAllowed}; this token is verified like any other.
   */
  public Uni<Caller> fromGrpc() {
    String token = TravellingScope.TOKEN.get(Context.current());
    if (token == null) {
      return Uni.createFrom().failure(new AuthenticationFailedException());
    }
    return keys.admit(token)
        .chain(() -> accessTokens.authenticate(new AccessTokenCredential(token)))
        .map(reader::read);
  }
}
