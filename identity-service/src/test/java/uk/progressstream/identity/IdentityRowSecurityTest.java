package uk.progressstream.identity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import uk.progressstream.provisioning.testing.Cells;
import uk.progressstream.provisioning.testing.RowSecurityContract;

class IdentityRowSecurityTest extends RowSecurityContract {
  private static final String BEFORE_ANY_SCHOOL =
      "needed before it is known what an account belongs to; no role has a grant, only functions of"
          + " the clerk look one account up";

  @Override
  protected String service() {
    return "identity";
  }

  @Override
  protected Map<String, String> tablesOfNoSchool() {
    return Map.of(
        "account", BEFORE_ANY_SCHOOL,
        "staff", BEFORE_ANY_SCHOOL,
        "revocation",
            "access that was taken back, ids of accounts and tokens alone; no role has a grant, only"
                + " functions of the clerk tell our services");
  }

  @Override
  protected Map<String, String> keysAcrossSchools() {
    return Map.of(
        "employee_lease: employee_lease_one_alive",
        "one lease of an employee over all schools is the very point; no role may write the table,"
            + " so nobody can probe it",
        "errand: errand_one_alive",
        "one school at a time for a job or an officer is the very point; no role may write the table",
        "cluster_party: cluster_party_home_id_cluster_id_fkey",
        "names a cluster by its home school and id; no role may write the table");
  }

  @Override
  protected void seed(Connection superuser, Cells cells) throws SQLException {
    String school = "'" + cells.school() + "'";
    String account = "'" + cells.account() + "'";
    String cluster = "'" + UUID.randomUUID() + "'";
    String invitation = "'" + UUID.randomUUID() + "'";
    for (String row :
        new String[] {
          "account (account_id, provider, realm, subject) values (%2$s, 'google', 'i', 's')",
          "staff (staff_key, account_id) values ('google|a.example|a@a.example', %2$s)",
          "school (school_id, name, urn, created_by) values (%1$s, 'A', '1', %2$s)",
          "school_class (school_id, class_id, code, subject, year_group, created_by)"
              + " values (%1$s, '"
              + cells.schoolClass()
              + "', 'A', 'Art', '10', %2$s)",
          "invitation (school_id, invitation_id, provider, realm, address, role, invited_by)"
              + " values (%1$s, %4$s, 'google', 'a.example', 'a@a.example', 'teacher', %2$s)",
          "invitation_offer (school_id, invitation_id, account_id, realm, address, proven_at)"
              + " values (%1$s, %4$s, %2$s, 'a.example', 'a@a.example', now())",
          "membership (school_id, account_id, role, invitation_id)"
              + " values (%1$s, %2$s, 'teacher', %4$s)",
          "cluster (school_id, cluster_id, name, created_by) values (%1$s, %3$s, 'C', %2$s)",
          "cluster_party (school_id, cluster_id, home_id) values (%1$s, %3$s, %1$s)",
          "cluster_cell (school_id, cluster_id, class_id) values (%1$s, %3$s, '"
              + cells.schoolClass()
              + "')",
          "cluster_approval (school_id, cluster_id, approved_by) values (%1$s, %3$s, %2$s)",
          "cluster_account (school_id, cluster_id, account_id, assigned_by)"
              + " values (%1$s, %3$s, %2$s, %2$s)",
          "consent (school_id, purpose, given_by) values (%1$s, 'backup', %2$s)",
          "employee_lease (school_id, lease_id, account_id, reason)"
              + " values (%1$s, gen_random_uuid(), %2$s, 'a reason')",
          "errand (school_id, token_id, account_id, holder_id, purpose, ends_at)"
              + " values (%1$s, gen_random_uuid(), %2$s, %2$s, 'backup', now())",
          "revocation (account_id, revoked_at) values (%2$s, now())"
        }) {
      try (PreparedStatement insert =
          superuser.prepareStatement(
              "insert into " + row.formatted(school, account, cluster, invitation))) {
        insert.executeUpdate();
      }
    }
  }
}
