package uk.progressstream.identity.reach;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.identity.errand.AllErrands;
import uk.progressstream.identity.grant.Cells;
import uk.progressstream.identity.grant.Role;
import uk.progressstream.identity.grant.StaffPermissions;
import uk.progressstream.identity.seal.OwnScopes;
import uk.progressstream.provisioning.proof.Proves;

@Proves("D9")
class RoleReachTest {
  private static final Path PAGE = Path.of("../docs/ROLES.md");
  private static final Path COMPUTED = Path.of("target/ROLES.md");

  private Migrations migrations;

  @BeforeEach
  void read() throws IOException {
    migrations = Migrations.read();
  }

  @Test
  @DisplayName(
      "Every role and permission, and the largest thing each can read, is what docs/ROLES.md says")
  void thePageIsTrue() throws IOException {
    String computed = RolesPage.write(migrations);
    Files.createDirectories(COMPUTED.getParent());
    Files.writeString(COMPUTED, computed);

    assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
        .as("docs/ROLES.md; what it should say is in identity-service/" + COMPUTED)
        .isEqualTo(computed);
  }

  @Test
  @DisplayName("Staff permissions in any combination open no row of any school in any service")
  void staffAloneReadNoSchool() {
    assertThat(LargestScope.ofStaff(StaffPermissions.ALL, false).cells()).isEqualTo(Cells.NONE);
    assertThat(migrations.policies())
        .filteredOn(each -> each.permissions().stream().anyMatch(StaffPermissions.ALL::contains))
        .as("only the company's own record of incidents")
        .allSatisfy(each -> assertThat(each.table()).startsWith("breach."))
        .allSatisfy(each -> assertThat(each.opens()).isEqualTo(ReadPolicy.PERMITS));
    assertThat(migrations.policies())
        .filteredOn(each -> each.opens().equals(ReadPolicy.PERMITS))
        .as("what a permission alone opens, whatever the school")
        .allSatisfy(each -> assertThat(each.table()).startsWith("breach."));
  }

  @Test
  @DisplayName("A lease counts only for who may take one")
  void aLeaseOfSomebodyWhoMayTakeNone() {
    Set<String> others = new TreeSet<>(StaffPermissions.ALL);
    others.remove(StaffPermissions.TAKE_SESSION);

    assertThat(LargestScope.ofStaff(others, true).cells()).isEqualTo(Cells.NONE);
    assertThat(LargestScope.ofStaff(StaffPermissions.ALL, true).cells().anySchools()).hasSize(1);
  }

  @Test
  @DisplayName("No policy or function of any service asks for a permission that nobody can have")
  void everyPermissionIsSomebodys() {
    assertThat(migrations.policies()).isNotEmpty();
    assertThat(known()).containsAll(migrations.permissions());
  }

  private static Set<String> known() {
    Set<String> known = new TreeSet<>(StaffPermissions.ALL);
    Arrays.stream(Role.values()).forEach(role -> known.addAll(role.permissions()));
    AllErrands.list().forEach(errand -> known.addAll(errand.permissions()));
    known.addAll(
        Set.of(OwnScopes.SIGN_IN, OwnScopes.CHECK_LEASE, OwnScopes.ERRAND, OwnScopes.STAFF));
    return known;
  }
}
