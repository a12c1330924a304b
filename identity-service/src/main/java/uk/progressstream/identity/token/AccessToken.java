package uk.progressstream.identity.token;

import java.util.Set;
import java.util.UUID;
import uk.progressstream.identity.grant.Grant;

/**
 * An access token that was issued.
 *
 * @param id its {@code jti}
 * @param account its {@code sub}
 * @param grant what it gives
 * @param text the signed JWT
 * @param expiresInSeconds how long it lasts
 */
public record AccessToken(UUID id, UUID account, Grant grant, String text, long expiresInSeconds) {

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
