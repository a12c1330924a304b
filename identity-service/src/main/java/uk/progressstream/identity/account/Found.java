package uk.progressstream.identity.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import uk.progressstream.identity.grant.HeldCell;
import uk.progressstream.identity.grant.HeldLease;
import uk.progressstream.identity.grant.Membership;
import uk.progressstream.identity.signin.OpenInvitation;

/**
 * What the database knows of somebody who signs in.
 *
 * @param account empty for somebody new
 * @param issuedAt when a token of this standing counts as issued
 * @param staffKeys entries of the staff file that were bound to the account
 * @param invitations open ones to one of the visitor's addresses, whatever their realm
 */
record Found(
    Optional<UUID> account,
    Instant issuedAt,
    Set<String> staffKeys,
    List<Membership> memberships,
    List<HeldCell> cells,
    Optional<HeldLease> lease,
    List<OpenInvitation> invitations) {}
