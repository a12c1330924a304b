package uk.progressstream.identity.reach;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import uk.progressstream.identity.errand.AllErrands;
import uk.progressstream.identity.grant.Grant;
import uk.progressstream.identity.grant.Role;
import uk.progressstream.identity.grant.StaffPermissions;
import uk.progressstream.identity.seal.OwnScopes;
import uk.progressstream.platform.scope.ScopeKind;

/** The text of {@code docs/ROLES.md}. */
final class RolesPage {
  private static final String HEAD =
      """
      # Who can read what, at most

      Written by the test `RoleReachTest` out of the roles, the rules for tokens and the row policies of all services; the build fails
      when this page says anything else. A scope is what one access token gives, for five minutes; there is no other way to a row. No
      line reads two schools by itself: only clusters give several, and each school in one has agreed to it.

      """;
  private static final String NOTHING = "–";

  private final Migrations migrations;
  private final StringBuilder text = new StringBuilder(HEAD);

  private RolesPage(Migrations migrations) {
    this.migrations = migrations;
  }

  static String write(Migrations migrations) {
    RolesPage page = new RolesPage(migrations);
    page.roles();
    page.staff();
    page.errands();
    page.own();
    page.everybody();
    return page.text.toString();
  }

  private void roles() {
    heading(
        "Roles at a school",
        "An account that has several gets one of them in a token.",
        "role",
        "given by",
        "largest scope of a token",
        "permissions",
        "tables read");
    for (Role role : Role.values()) {
      if (role.invitable()) {
        Set<Grant> grants = new LinkedHashSet<>(List.of(LargestScope.of(role)));
        if (role == Role.TEACHER) {
          grants.add(LargestScope.ofTeacherWithClasses());
        }
        for (Grant grant : grants) {
          row(
              role.code(),
              givenBy(role),
              LargestScope.words(grant.cells()),
              words(grant.permissions()),
              words(tables(grant.cells().kind(), grant.permissions())));
        }
      }
    }
    invited();
  }

  /** Who has none of them yet. */
  private void invited() {
    Grant grant = LargestScope.ofInvited();
    row(
        grant.role(),
        "an account itself: the default with no role, asked for by `role:invited` otherwise",
        LargestScope.words(grant.cells()),
        words(grant.permissions()),
        words(tables(grant.cells().kind(), grant.permissions())));
  }

  private static String givenBy(Role role) {
    return switch (role) {
      case ADMIN -> "onboarding, for the first of a school; then the school's admins";
      case PARTNER_SYSTEM, DATA_PROTECTION -> "the school's admins";
      case TEACHER -> "the school's admins; what it reads, by clusters";
      case EMPLOYEE -> "the staff file";
      case INVITED -> "an invitation";
    };
  }

  private void staff() {
    heading(
        "The company's staff",
        "By the staff file, in any combination. Roles and clusters of the same account count for nothing. A lease is taken by the"
            + " employee, with a reason, for one school at a time; the school's admins see it. Calls are functions of the database that"
            + " ask for the permission; none returns a row about a pupil.",
        "permissions of the staff file",
        "with a lease",
        "largest scope of a token",
        "permissions",
        "tables read",
        "calls");
    for (Set<String> subset : subsets()) {
      staff(subset, false);
      staff(subset, true);
    }
  }

  private void staff(Set<String> subset, boolean withLease) {
    Grant grant = LargestScope.ofStaff(subset, withLease);
    if (withLease && grant.lease().isEmpty()) {
      return;
    }
    row(
        words(subset),
        withLease ? "yes" : "no",
        LargestScope.words(grant.cells()),
        words(grant.permissions()),
        words(tables(grant.cells().kind(), grant.permissions())),
        words(calls(subset)));
  }

  private void errands() {
    heading(
        "Errands",
        "For work with nobody at the keyboard. One school at a time; each one is a record in the school's log.",
        "purpose",
        "its service",
        "the school's consent",
        "largest scope of a token",
        "permissions",
        "tables read");
    for (AllErrands.Reach errand : AllErrands.list()) {
      row(
          errand.purpose(),
          errand.holder(),
          errand.consent() ? "needed" : "the policy demands the work",
          "one whole school",
          words(errand.permissions()),
          words(tables(ScopeKind.SCHOOL, errand.permissions())));
    }
  }

  private void own() {
    heading(
        "Identity's own scopes",
        "Sealed for one transaction of its own; they are in no token.",
        "permission",
        "largest scope",
        "tables read",
        "calls");
    for (String permission :
        List.of(OwnScopes.SIGN_IN, OwnScopes.CHECK_LEASE, OwnScopes.ERRAND, OwnScopes.STAFF)) {
      row(
          words(Set.of(permission)),
          "no school",
          words(tables(ScopeKind.NONE, Set.of(permission))),
          words(calls(Set.of(permission))));
    }
  }

  private void everybody() {
    Set<String> open =
        migrations.policies().stream()
            .filter(each -> each.opens().equals(ReadPolicy.PUBLIC) && each.forPeople())
            .map(ReadPolicy::table)
            .collect(Collectors.toCollection(TreeSet::new));
    blankLine();
    text.append("## Everybody\n\nHashes of the log, public by design: ")
        .append(words(open))
        .append(".\n");
  }

  /** Every subset but the empty one, which is nobody of the staff. */
  private static List<Set<String>> subsets() {
    List<String> all = StaffPermissions.ALL.stream().sorted().toList();
    List<Set<String>> subsets = new ArrayList<>();
    for (int bits = 1; bits < 1 << all.size(); bits++) {
      Set<String> subset = new TreeSet<>();
      for (int i = 0; i < all.size(); i++) {
        if ((bits >> i & 1) == 1) {
          subset.add(all.get(i));
        }
      }
      subsets.add(subset);
    }
    return subsets;
  }

  /** What a scope of a kind reads with these permissions. */
  private Set<String> tables(ScopeKind kind, Set<String> permissions) {
    Predicate<ReadPolicy> opened =
        each ->
            each.opens().equals(ReadPolicy.PERMITS)
                || (kind == ScopeKind.SCHOOL && each.ofWholeSchools())
                || (kind == ScopeKind.CLASS && each.ofClasses());
    List<ReadPolicy> open =
        migrations.policies().stream()
            .filter(opened)
            .filter(each -> permissions.containsAll(each.permissions()))
            .toList();
    Set<String> all = named(open, true);
    named(open, false).stream()
        .filter(table -> !all.contains(table))
        .map(table -> table + " (counts alone)")
        .toList()
        .forEach(all::add);
    return all;
  }

  private static Set<String> named(List<ReadPolicy> policies, boolean forPeople) {
    return policies.stream()
        .filter(each -> each.forPeople() == forPeople)
        .map(ReadPolicy::table)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> calls(Set<String> permissions) {
    return permissions.stream()
        .flatMap(each -> migrations.functions(each).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void heading(String title, String intro, String... columns) {
    blankLine();
    text.append("## ").append(title).append("\n\n").append(intro).append("\n\n");
    row(columns);
    text.append("|---".repeat(columns.length)).append("|\n");
  }

  private void blankLine() {
    if (text.charAt(text.length() - 2) != '\n') {
      text.append('\n');
    }
  }

  private void row(String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static String words(Collection<String> words) {
    return words.isEmpty()
        ? NOTHING
        : words.stream().sorted().map(each -> "`" + each + "`").collect(Collectors.joining(" "));
  }
}
