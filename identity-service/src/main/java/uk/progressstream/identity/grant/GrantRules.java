package uk.progressstream.identity.grant;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import uk.progressstream.identity.grant.GrantDecision.Granted;
import uk.progressstream.identity.grant.GrantDecision.NoStanding;
import uk.progressstream.identity.grant.GrantDecision.NothingOfThat;
import uk.progressstream.identity.grant.GrantDecision.TooLarge;

/**
 * From an account's standing to the scope of one token.
 *
 * <p>An employee is never anything else: memberships of an employee's account count for nothing,
 * since they would go round the lease. Everybody else gets one role: a role with a whole school
 * before a teacher's clusters, of several schools the one joined first, unless the request names
 * another. Who has no role, but is invited, gets a token with no school, by which to accept.
 */
public final class GrantRules {
  /** Most cells of a token: so many classes still fit a header of 32 KiB. */
  public static final int CELLS_MAX = 200;

  private static final List<Role> WHOLE_SCHOOL_ROLES =
      List.of(Role.ADMIN, Role.PARTNER_SYSTEM, Role.DATA_PROTECTION);
  private static final Set<String> WITHOUT_CELLS = Set.of("identity:read");

  private GrantRules() {}

  /** Decides. */
  public static GrantDecision decide(Standing standing, Wish wish) {
    List<Grant> possible = possible(standing, wish.school()).toList();
    if (possible.isEmpty()) {
      return hasAny(standing) ? new NothingOfThat() : new NoStanding();
    }
    return possible.stream()
        .filter(grant -> wish.role().map(role -> role.code().equals(grant.role())).orElse(true))
        .map(grant -> narrowed(grant, wish.permissions()))
        .flatMap(Optional::stream)
        .findFirst()
        .map(GrantRules::sized)
        .orElseGet(NothingOfThat::new);
  }

  private static boolean hasAny(Standing standing) {
    return standing.employee() || !standing.memberships().isEmpty() || standing.invited();
  }

  private static GrantDecision sized(Grant grant) {
    return grant.cells().size() > CELLS_MAX ? new TooLarge() : new Granted(grant);
  }

  private static Stream<Grant> possible(Standing standing, Optional<UUID> school) {
    if (standing.employee()) {
      return Stream.of(employee(standing)).filter(grant -> touches(grant, school));
    }
    return Stream.of(
            WHOLE_SCHOOL_ROLES.stream().flatMap(role -> wholeSchool(standing, role, school)),
            teacher(standing, school).stream(),
            invited(standing, school).stream())
        .flatMap(grants -> grants);
  }

  private static Optional<Grant> invited(Standing standing, Optional<UUID> school) {
    return standing.invited() && standing.memberships().isEmpty() && school.isEmpty()
        ? Optional.of(grant(Role.INVITED, Cells.NONE))
        : Optional.empty();
  }

  private static Stream<Grant> wholeSchool(Standing standing, Role role, Optional<UUID> school) {
    return standing.memberships().stream()
        .filter(membership -> membership.role() == role)
        .filter(membership -> school.isEmpty() || school.get().equals(membership.school()))
        .map(membership -> grant(role, Cells.wholeSchool(membership.school())));
  }

  private static Optional<Grant> teacher(Standing standing, Optional<UUID> school) {
    if (standing.memberships().stream().noneMatch(each -> each.role() == Role.TEACHER)) {
      return Optional.empty();
    }
    Cells cells =
        Cells.union(
            standing.cells().stream()
                .filter(cell -> school.isEmpty() || school.get().equals(cell.school()))
                .toList());
    return Optional.of(grant(Role.TEACHER, cells)).filter(grant -> touches(grant, school));
  }

  private static Grant grant(Role role, Cells cells) {
    // Without cells only "me" is left, which says what is missing.
    Set<String> permissions = cells.size() == 0 ? WITHOUT_CELLS : role.permissions();
    return new Grant(role.code(), permissions, cells, Optional.empty(), role.purpose());
  }

  private static Grant employee(Standing standing) {
    Set<String> permissions = new HashSet<>(standing.staffPermissions());
    // Who may take none any more gets nothing of one that was left behind.
    Optional<HeldLease> lease =
        standing.lease().filter(held -> permissions.contains(StaffPermissions.TAKE_SESSION));
    lease.ifPresent(held -> permissions.addAll(Role.EMPLOYEE.permissions()));
    return new Grant(
        Role.EMPLOYEE.code(),
        permissions,
        lease.map(held -> Cells.wholeSchool(held.school())).orElse(Cells.NONE),
        lease.map(HeldLease::id),
        Role.EMPLOYEE.purpose());
  }

  private static boolean touches(Grant grant, Optional<UUID> school) {
    return school.isEmpty()
        || grant.cells().schools().contains(school.get())
        || grant.cells().classes().stream().anyMatch(cell -> cell.school().equals(school.get()));
  }

  private static Optional<Grant> narrowed(Grant grant, Set<String> asked) {
    if (asked.isEmpty()) {
      return Optional.of(grant);
    }
    Set<String> left = new HashSet<>(grant.permissions());
    left.retainAll(asked);
    if (left.isEmpty()) {
      return Optional.empty();
    }
    // Staff permissions alone need neither the lease nor its school.
    boolean staffOnly = grant.lease().isPresent() && StaffPermissions.ALL.containsAll(left);
    return Optional.of(
        new Grant(
            grant.role(),
            left,
            staffOnly ? Cells.NONE : grant.cells(),
            staffOnly ? Optional.empty() : grant.lease(),
            grant.purpose()));
  }
}
