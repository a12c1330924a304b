package uk.progressstream.identity.account;

import java.util.UUID;
import uk.progressstream.identity.grant.Role;

/** An invitation that was just bound to an account. */
public record Bound(UUID account, UUID invitation, UUID school, Role role) {}
