package uk.progressstream.identity.token;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import uk.progressstream.identity.grant.Grant;
import uk.progressstream.platform.scope.Scope;

/**
 * An access token that was issued.
 *
 * @param id its {@code jti}
 * @param account its {@code sub}
 * @param grant what it gives
 * @param text the signed JWT
 * @param expiresAt when it ends, whole seconds
 */
public record AccessToken(UUID id, UUID account, Grant grant, String text, Instant expiresAt) {

  /** How long it lasts from its issue on. */
  public long expiresInSeconds() {
    return Scope.LIFETIME.toSeconds();
  }

  /** Every school that it touches. */
  public Set<UUID> schools() {
    return grant.cells().anySchools();
  }

  /** Without the JWT. */
  @Override
  public String toString() {
    return "AccessToken[" + id + "]";
  }
}
