package uk.progressstream.identity.grant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.identity.grant.GrantDecision.Granted;
import uk.progressstream.identity.grant.GrantDecision.NoStanding;
import uk.progressstream.identity.grant.GrantDecision.NothingOfThat;
import uk.progressstream.identity.grant.GrantDecision.TooLarge;
import uk.progressstream.platform.scope.ClassCell;
import uk.progressstream.platform.scope.ScopeKind;
import uk.progressstream.provisioning.proof.Proves;

class GrantRulesTest {
  private static final UUID A = UUID.randomUUID();
  private static final UUID B = UUID.randomUUID();
  private static final UUID A1 = UUID.randomUUID();
  private static final UUID A2 = UUID.randomUUID();
  private static final UUID B1 = UUID.randomUUID();
  private static final UUID B2 = UUID.randomUUID();
  private static final UUID CLUSTER = UUID.randomUUID();

  @Test
  void anAdminGetsTheOneSchool() {
    Grant grant = granted(member(A, Role.ADMIN), Wish.ANY);

    assertThat(grant.role()).isEqualTo("admin");
    assertThat(grant.permissions()).isEqualTo(Role.ADMIN.permissions());
    assertThat(grant.cells()).isEqualTo(Cells.wholeSchool(A));
  }

  @Test
  @Proves("D9")
  @DisplayName(
      "An admin of two schools gets one of them at a time, the first joined unless another is named")
  void anAdminOfTwoSchoolsGetsOneAtATime() {
    Standing both =
        standing(List.of(membership(A, Role.ADMIN), membership(B, Role.ADMIN)), List.of());

    assertThat(granted(both, Wish.ANY).cells().schools()).containsExactly(A);
    assertThat(granted(both, wish("school:" + B)).cells().schools()).containsExactly(B);
  }

  @Test
  void aTeacherGetsTheClassesOfTheClusters() {
    Grant grant = granted(teacher(single(A, A1), single(A, A2), single(B, B1)), Wish.ANY);

    assertThat(grant.cells().kind()).isEqualTo(ScopeKind.CLASS);
    assertThat(grant.cells().classes())
        .containsExactlyInAnyOrder(cell(A, A1), cell(A, A2), cell(B, B1));
    assertThat(grant.permissions()).isEqualTo(Role.TEACHER.permissions());
  }

  @Test
  void wholeSchoolsAloneStayWhole() {
    Grant grant = granted(teacher(whole(A, A1, A2), single(A, A1)), Wish.ANY);

    assertThat(grant.cells()).isEqualTo(Cells.wholeSchool(A));
  }

  @Test
  void besideAClassOfAnotherSchoolAWholeSchoolBecomesItsClasses() {
    Grant grant = granted(teacher(whole(A, A1, A2), single(B, B1)), Wish.ANY);

    assertThat(grant.cells().kind()).isEqualTo(ScopeKind.CLASS);
    assertThat(grant.cells().classes())
        .containsExactlyInAnyOrder(cell(A, A1), cell(A, A2), cell(B, B1));
  }

  @Test
  void namingASchoolLeavesOnlyItsCells() {
    Grant grant = granted(teacher(whole(A, A1, A2), single(B, B1)), wish("school:" + A));

    assertThat(grant.cells()).isEqualTo(Cells.wholeSchool(A));
  }

  @Test
  void aTeacherWithoutAClusterThatWorksSeesNothing() {
    Grant grant = granted(teacher(), Wish.ANY);

    assertThat(grant.cells()).isEqualTo(Cells.NONE);
    assertThat(grant.permissions()).containsExactly("identity:read");
  }

  @Test
  void aClassThatClosedGivesNothing() {
    Grant grant = granted(teacher(new HeldCell(CLUSTER, A, false, Set.of())), Wish.ANY);

    assertThat(grant.cells()).isEqualTo(Cells.NONE);
  }

  @Test
  @DisplayName("Of more classes than a token holds, those of the school joined first are left")
  void moreClassesThanATokenHolds() {
    UUID[] many =
        IntStream.range(0, GrantRules.CELLS_MAX)
            .mapToObj(i -> UUID.randomUUID())
            .toArray(UUID[]::new);
    Standing standing = teacher(whole(A, many), single(B, B1));

    assertThat(granted(standing, Wish.ANY).cells()).isEqualTo(Cells.wholeSchool(A));
    assertThat(granted(standing, wish("grades:read")).cells()).isEqualTo(Cells.wholeSchool(A));
    assertThat(GrantRules.decide(standing, wish("role:teacher"))).isInstanceOf(TooLarge.class);
    assertThat(granted(standing, wish("school:" + A)).cells()).isEqualTo(Cells.wholeSchool(A));
  }

  @Test
  @DisplayName("Where one school alone gives more classes than a token holds, the default has none")
  void tooManyClassesOfOneSchool() {
    HeldCell[] many =
        IntStream.rangeClosed(0, GrantRules.CELLS_MAX)
            .mapToObj(i -> single(A, UUID.randomUUID()))
            .toArray(HeldCell[]::new);
    Standing standing = teacher(many);

    for (String scope : List.of("", "identity:read", "role:invited")) {
      assertThat(granted(standing, wish(scope)).cells()).isEqualTo(Cells.NONE);
      assertThat(granted(standing, wish(scope)).permissions()).containsExactly("identity:read");
    }
    for (String scope : List.of("grades:read", "school:" + A, "role:teacher")) {
      assertThat(GrantRules.decide(standing, wish(scope))).isInstanceOf(TooLarge.class);
    }
  }

  @Test
  @DisplayName("A school that was joined later takes the default over by no role")
  void theFirstSchoolKeepsTheDefault() {
    Standing both =
        standing(
            List.of(membership(A, Role.TEACHER), membership(B, Role.ADMIN)),
            List.of(single(A, A1)));

    assertThat(granted(both, Wish.ANY).role()).isEqualTo("teacher");
    assertThat(granted(both, wish("role:admin")).cells()).isEqualTo(Cells.wholeSchool(B));
    assertThat(granted(both, wish("school:" + B)).role()).isEqualTo("admin");
  }

  @Test
  void theScopeParameterOnlyNarrows() {
    Standing admin = member(A, Role.ADMIN);

    assertThat(granted(admin, wish("grades:read breach:manage")).permissions())
        .containsExactly("grades:read");
    assertThat(GrantRules.decide(admin, wish("breach:manage"))).isInstanceOf(NothingOfThat.class);
    assertThat(GrantRules.decide(admin, wish("school:" + B))).isInstanceOf(NothingOfThat.class);
    assertThat(GrantRules.decide(admin, wish("role:teacher"))).isInstanceOf(NothingOfThat.class);
  }

  @Test
  void ofTwoRolesTheNamedOneCounts() {
    Standing both =
        standing(
            List.of(membership(A, Role.ADMIN), membership(A, Role.TEACHER)),
            List.of(single(A, A1)));

    assertThat(granted(both, Wish.ANY).role()).isEqualTo("admin");
    assertThat(granted(both, wish("role:teacher")).cells().classes()).containsExactly(cell(A, A1));
  }

  @Test
  @Proves("D13")
  @DisplayName("An employee without a lease has no cell; with one, exactly its school")
  void anEmployeeHasTheLeasesSchoolAndNoOther() {
    UUID lease = UUID.randomUUID();

    Grant without = granted(employee(Optional.empty()), Wish.ANY);
    Grant with = granted(employee(Optional.of(new HeldLease(lease, A))), Wish.ANY);

    assertThat(without.cells()).isEqualTo(Cells.NONE);
    assertThat(without.permissions()).containsExactly("session:take");
    assertThat(with.cells()).isEqualTo(Cells.wholeSchool(A));
    assertThat(with.lease()).contains(lease);
    assertThat(with.permissions())
        .containsExactlyInAnyOrder("session:take", "identity:read", "grades:read", "uploads:read");
  }

  @Test
  @Proves("D13")
  @DisplayName(
      "An employee who is also a teacher and admin of schools gets none of them: only the lease counts")
  void membershipsOfAnEmployeeCountForNothing() {
    Standing both =
        new Standing(
            Set.of("session:take"),
            List.of(membership(A, Role.ADMIN), membership(B, Role.TEACHER)),
            List.of(single(B, B1), whole(A, A1)),
            Optional.of(new HeldLease(UUID.randomUUID(), A)),
            true);

    assertThat(granted(both, Wish.ANY).cells()).isEqualTo(Cells.wholeSchool(A));
    assertThat(GrantRules.decide(both, wish("school:" + B))).isInstanceOf(NothingOfThat.class);
    assertThat(GrantRules.decide(both, wish("role:admin"))).isInstanceOf(NothingOfThat.class);
  }

  @Test
  void staffPermissionsAloneNeedNoLease() {
    Grant grant =
        granted(employee(Optional.of(new HeldLease(UUID.randomUUID(), A))), wish("session:take"));

    assertThat(grant.cells()).isEqualTo(Cells.NONE);
    assertThat(grant.lease()).isEmpty();
  }

  @Test
  @Proves("D9")
  @DisplayName("Who is only invited gets a token with no school, and gets nothing more by asking")
  void whoIsInvitedHasNoSchoolYet() {
    Standing invited = new Standing(Set.of(), List.of(), List.of(), Optional.empty(), true);

    Grant grant = granted(invited, Wish.ANY);

    assertThat(grant.role()).isEqualTo("invited");
    assertThat(grant.cells()).isEqualTo(Cells.NONE);
    assertThat(grant.permissions()).containsExactly("identity:read");
    for (String more : List.of("identity:manage", "school:" + A, "role:admin")) {
      assertThat(GrantRules.decide(invited, wish(more))).isInstanceOf(NothingOfThat.class);
    }
  }

  @Test
  void anInvitationChangesNothingForWhoHasARole() {
    Standing both =
        new Standing(
            Set.of(), List.of(membership(A, Role.ADMIN)), List.of(), Optional.empty(), true);

    assertThat(granted(both, Wish.ANY).role()).isEqualTo("admin");
    assertThat(granted(both, wish("role:invited")).cells()).isEqualTo(Cells.NONE);
  }

  @Test
  void whoIsNobodyGetsNothing() {
    assertThat(GrantRules.decide(standing(List.of(), List.of()), Wish.ANY))
        .isInstanceOf(NoStanding.class);
    assertThat(GrantRules.decide(standing(List.of(), List.of()), wish("school:" + A)))
        .isInstanceOf(NoStanding.class);
  }

  @Test
  @Proves("D9")
  @DisplayName(
      "No role comes with two schools, and no permission of staff is a permission on a school")
  void noRoleReadsTwoSchools() {
    for (Role role : Role.values()) {
      if (role.wholeSchool()) {
        Standing everywhere =
            standing(List.of(membership(A, role), membership(B, role)), List.of());
        assertThat(granted(everywhere, Wish.ANY).cells().anySchools()).hasSize(1);
      }
      assertThat(role.permissions()).doesNotContainAnyElementsOf(StaffPermissions.ALL);
    }
    Set<String> ofRoles = new HashSet<>();
    for (Role role : Role.values()) {
      ofRoles.addAll(role.permissions());
    }
    assertThat(ofRoles).doesNotContain("identity:sign-in", "identity:check-lease");
  }

  private static Grant granted(Standing standing, Wish wish) {
    GrantDecision decision = GrantRules.decide(standing, wish);
    assertThat(decision).isInstanceOf(Granted.class);
    return ((Granted) decision).grant();
  }

  private static Wish wish(String scope) {
    return Wish.read(scope).orElseThrow();
  }

  private static Standing member(UUID school, Role role) {
    return standing(List.of(membership(school, role)), List.of());
  }

  private static Standing teacher(HeldCell... cells) {
    return standing(List.of(membership(A, Role.TEACHER)), List.of(cells));
  }

  private static Standing standing(List<Membership> memberships, List<HeldCell> cells) {
    return new Standing(Set.of(), memberships, cells, Optional.empty(), false);
  }

  private static Standing employee(Optional<HeldLease> lease) {
    return new Standing(Set.of("session:take"), List.of(), List.of(), lease, false);
  }

  private static Membership membership(UUID school, Role role) {
    return new Membership(school, role, Instant.EPOCH);
  }

  private static HeldCell single(UUID school, UUID schoolClass) {
    return new HeldCell(CLUSTER, school, false, Set.of(schoolClass));
  }

  private static HeldCell whole(UUID school, UUID... classes) {
    return new HeldCell(
        CLUSTER, school, true, Set.of(classes).stream().collect(Collectors.toSet()));
  }

  private static ClassCell cell(UUID school, UUID schoolClass) {
    return new ClassCell(school, schoolClass);
  }
}
