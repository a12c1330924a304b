package uk.progressstream.identity.grant;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that decides what one account may do.
 *
 * @param staffPermissions what the staff file gives it; not empty for an employee alone
 * @param memberships its roles at schools, oldest first
 * @param cells what its clusters give
 * @param lease an employee's live lease
 * @param invited whether invitations wait for the account to accept them
 */
public record Standing(
    Set<String> staffPermissions,
    List<Membership> memberships,
    List<HeldCell> cells,
    Optional<HeldLease> lease,
    boolean invited) {

  /** Keeps copies. */
  public Standing {
    staffPermissions = Set.copyOf(staffPermissions);
    memberships = List.copyOf(memberships);
    cells = List.copyOf(cells);
  }

  /** Whether this is an employee of the company. */
  public boolean employee() {
    return !staffPermissions.isEmpty();
  }
}
