package uk.progressstream.identity.account;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import uk.progressstream.identity.grant.HeldCell;
import uk.progressstream.identity.grant.HeldLease;
import uk.progressstream.identity.grant.Membership;

/**
 * What the database knows of somebody who signs in.
 *
 * @param account empty for somebody new
 * @param issuedAt when a token of this standing counts as issued
 * @param staff entries of the staff file that the account holds, with what each still permits
 * @param invited whether invitations wait for the account to accept them
 * @param unsettled whether an invitation fits that is neither bound nor offered yet
 */
record Found(
    Optional<UUID> account,
    Instant issuedAt,
    Map<String, Set<String>> staff,
    List<Membership> memberships,
    List<HeldCell> cells,
    Optional<HeldLease> lease,
    boolean invited,
    boolean unsettled) {}
