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
 * since they would go round the lease. Everybody else gets one role, unless the request names
 * another: of several schools that of the one joined first, there a role with a whole school before
 * a teacher's clusters. So no school that comes later takes the default over. Where a teacher's
 * classes are more than a token holds, those of the school joined first are left, and where these
 * are too many, none.
 *
 * <p>Whoever has a role anywhere, or is invited, can always ask for {@code role:invited}: a token
 * with no school, by which to see who one is, accept an invitation and leave a school. No school
 * can keep anybody from that.
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
    if (!hasAny(standing)) {
      return new NoStanding();
    }
    List<Grant> fitting =
        possible(standing, wish.school())
            .filter(grant -> wish.role().map(role -> role.code().equals(grant.role())).orElse(true))
            .map(grant -> narrowed(grant, wish.permissions()))
            .flatMap(Optional::stream)
            .toList();
    if (fitting.isEmpty()) {
      return new NothingOfThat();
    }
    return fits(fitting.get(0))
        ? new Granted(fitting.get(0))
        : smaller(standing, wish).<GrantDecision>map(Granted::new).orElseGet(TooLarge::new);
  }

  /** What is left of a default that is too large; who names a school or a role means just that. */
  private static Optional<Grant> smaller(Standing standing, Wish wish) {
    if (wish.school().isPresent() || wish.role().isPresent()) {
      return Optional.empty();
    }
    UUID first = standing.memberships().get(0).school();
    return Stream.of(teacher(standing, Optional.of(first)), self(standing, Optional.empty()))
        .flatMap(Optional::stream)
        .filter(GrantRules::fits)
        .map(grant -> narrowed(grant, wish.permissions()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static boolean hasAny(Standing standing) {
    return standing.employee() || !standing.memberships().isEmpty() || standing.invited();
  }

  private static boolean fits(Grant grant) {
    return grant.cells().size() <= CELLS_MAX;
  }

  private static Stream<Grant> possible(Standing standing, Optional<UUID> school) {
    if (standing.employee()) {
      return Stream.of(employee(standing)).filter(grant -> touches(grant, school));
    }
    return Stream.of(
            standing.memberships().stream().flatMap(each -> atSchoolOf(each, standing, school)),
            teacher(standing, school).stream(),
            self(standing, school).stream())
        .flatMap(grants -> grants);
  }

  private static Stream<Grant> atSchoolOf(
      Membership membership, Standing standing, Optional<UUID> school) {
    if (school.isPresent() && !school.get().equals(membership.school())) {
      return Stream.empty();
    }
    Stream<Grant> whole =
        WHOLE_SCHOOL_ROLES.stream()
            .flatMap(role -> wholeSchool(standing, role, Optional.of(membership.school())));
    return membership.role() == Role.TEACHER
        ? Stream.concat(whole, teacher(standing, school).stream())
        : whole;
  }

  private static Optional<Grant> self(Standing standing, Optional<UUID> school) {
    return school.isEmpty() ? Optional.of(grant(Role.INVITED, Cells.NONE)) : Optional.empty();
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
