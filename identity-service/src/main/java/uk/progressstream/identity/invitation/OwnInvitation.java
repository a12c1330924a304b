package uk.progressstream.identity.invitation;

import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * An invitation as the account sees it that may accept it.
 *
 * @param role what the school offers
 */
public record OwnInvitation(UUID id, Inviter school, String role, OffsetDateTime expiresAt) {

  /** The school that invites. */
  public record Inviter(UUID id, String name, String urn) {}
}
