package uk.progressstream.identity.signin;

import java.time.Instant;
import java.util.UUID;
import uk.progressstream.identity.grant.Role;

/**
 * An invitation that nobody has taken up.
 *
 * @param realm the domain or tenant that it is for
 */
public record OpenInvitation(UUID id, UUID school, Role role, String realm, Instant expiresAt) {}
