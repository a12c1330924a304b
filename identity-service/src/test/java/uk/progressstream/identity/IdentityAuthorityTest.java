package uk.progressstream.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import uk.progressstream.identity.seal.OwnScopes;
import uk.progressstream.provisioning.testing.AuthorityContract;
import uk.progressstream.provisioning.testing.Holding;

@DisplayName("Authority in identity's database")
class IdentityAuthorityTest extends AuthorityContract {
  private static final String PARTIES =
      """
      create or replace function entry.parties(school uuid, cluster uuid) returns setof public.cluster_party
        language sql stable rows 4
      begin atomic
        select p.* from public.cluster_party mine
          join public.cluster_party p on %s and p.cluster_id = mine.cluster_id
        where mine.school_id = school and mine.cluster_id = cluster;
      end;
      """;

  @Override
  protected String service() {
    return "identity";
  }

  @Override
  protected Set<String> permissionsOfNobody() {
    return Set.of(OwnScopes.SIGN_IN, OwnScopes.CHECK_LEASE, OwnScopes.ERRAND, OwnScopes.STAFF);
  }

  @Override
  protected void seed(Connection superuser, Holding school) throws SQLException {
    String rows =
        """
        insert into account values ('{account}', 'google', 'r', '{account}');
        insert into account values ('{second}', 'google', 'r', '{second}');
        insert into account values ('{employee}', 'google', 'r', '{employee}');
        insert into account values ('{newcomer}', 'google', 'r', '{newcomer}');
        insert into staff (staff_key, account_id, permissions)
          values ('{employee}', '{employee}', '{session:take,breach:manage}'), ('{staff}', '{staff}', '{session:take}');
        insert into school (school_id, name, urn, created_by) values ('{school}', 'A', left('{school}', 8), '{account}');
        insert into school_class (school_id, class_id, code, subject, year_group, created_by)
          values ('{school}', '{class}', 'A', 'Art', '10', '{account}');
        insert into school_class (school_id, class_id, code, subject, year_group, created_by, closed_at)
          values ('{school}', '{closed class}', 'B', 'Art', '10', '{account}', now());
        insert into invitation (school_id, invitation_id, provider, realm, address, role, invited_by)
          values ('{school}', '{invitation}', 'google', 'r', 'open@{school}', 'teacher', '{account}');
        insert into invitation
            (school_id, invitation_id, provider, realm, address, role, invited_by, account_id, bound_at)
          values ('{school}', '{bound}', 'google', 'r', 'bound@{school}', 'teacher', '{account}', '{account}', now());
        insert into invitation (school_id, invitation_id, provider, realm, address, role, invited_by)
          values ('{school}', '{offered}', 'google', 'r', 'offered@{school}', 'teacher', '{account}');
        insert into invitation_offer (school_id, invitation_id, account_id, realm, address, proven_at)
          values ('{school}', '{offered}', '{newcomer}', 'r', 'offered@{school}', now());
        insert into membership (school_id, account_id, role, invitation_id)
          values ('{school}', '{account}', 'teacher', '{bound}'), ('{school}', '{account}', 'admin', '{bound}'),
            ('{school}', '{second}', 'teacher', '{bound}');
        insert into cluster (school_id, cluster_id, name, created_by) values ('{school}', '{cluster}', 'C', '{account}');
        insert into cluster_party values ('{school}', '{cluster}', '{school}');
        insert into cluster_cell (school_id, cluster_id, cell_id, class_id)
          values ('{school}', '{cluster}', '{cell}', '{class}');
        insert into cluster_approval (school_id, cluster_id, approved_by) values ('{school}', '{cluster}', '{account}');
        insert into cluster_account (school_id, cluster_id, account_id, assigned_by)
          values ('{school}', '{cluster}', '{account}', '{account}');
        insert into cluster (school_id, cluster_id, name, created_by) values ('{school}', '{draft}', 'D', '{account}');
        insert into cluster_party values ('{school}', '{draft}', '{school}');
        insert into consent (school_id, purpose, given_by) values ('{school}', 'backup', '{account}');
        insert into employee_lease (school_id, lease_id, account_id, reason)
          values ('{school}', '{lease}', '{employee}', 'a reason');
        insert into errand (school_id, token_id, account_id, holder_id, purpose, ends_at)
          values ('{school}', '{errand}', '{job}', '{job}', 'backup', now() + interval '1 hour'),
            ('{school}', '{officer errand}', '{breach}', '{employee}', 'breach-scope', now() + interval '1 hour');
        insert into revocation (account_id, revoked_at) values ('{job}', now());
        """;
    try (Statement statement = superuser.createStatement()) {
      for (String row : school.fill(rows).split(";\n")) {
        statement.execute(row);
      }
    }
  }

  /** As a departure leaves it, but for what it ends: what it has missed must not help anybody. */
  @Override
  protected void depart(Connection superuser, Holding school) throws SQLException {
    try (Statement statement = superuser.createStatement()) {
      statement.execute(
          "update school set left_at = now() where school_id = '%s'".formatted(school.school()));
    }
  }

  @Override
  protected Map<String, Function<Holding, List<@Nullable String>>> calls() {
    return IdentityCalls.all();
  }

  /** Staff and newcomers have no role at a school; who leaves is not the last admin. */
  @Override
  protected String caller(String sample) {
    if (sample.endsWith("_lease") || sample.endsWith(IdentityCalls.OF_OFFICER)) {
      return "employee";
    }
    return switch (sample) {
      case "entry.my_invitations", "entry.accept_invitation" -> "newcomer";
      case "entry.leave_school" -> "second";
      default -> "account";
    };
  }

  @Override
  protected Map<String, Function<Holding, Map<String, String>>> rows() {
    return Map.of(
        "public.school_class",
            h ->
                h.row(
                    "class_id",
                    h.made("class").toString(),
                    "code",
                    "New",
                    "subject",
                    "Art",
                    "year_group",
                    "10"),
        "public.invitation",
            h ->
                h.row(
                    "invitation_id",
                    h.made("invitation").toString(),
                    "provider",
                    "google",
                    "realm",
                    "r",
                    "address",
                    "mine@r",
                    "role",
                    "admin"),
        "public.cluster_approval", h -> h.row("cluster_id", id(h, "draft")),
        "public.cluster_account",
            h -> h.row("cluster_id", id(h, "cluster"), "account_id", id(h, "second")),
        "public.consent", h -> h.row("purpose", "prediction"));
  }

  @Override
  protected List<String> consequences(Holding caller) {
    return List.of(
        "select entry.cells('%s')::text".formatted(caller.account()),
        "select entry.cells('%s')::text".formatted(caller.id("second")),
        "select entry.memberships('%s')::text".formatted(caller.account()),
        "select entry.memberships('%s')::text".formatted(caller.id("newcomer")),
        "select o::text from entry.offers('%s') o".formatted(caller.id("newcomer")),
        "select entry.lease('%s')::text".formatted(caller.id("employee")),
        "select f::text from entry.fitting('google', '{r}', '{mine@r,open@%s}', false) f"
            .formatted(caller.school()));
  }

  @Override
  protected Map<String, String> byDesign() {
    return IdentityExcuses.all();
  }

  @Override
  protected List<Break> breaks() {
    return List.of(
        Break.ofFunction(
            "a permission counts for every school",
            "entry.demand_school(uuid, text)",
            "school = any (scope.schools(permission)) is not true",
            "not scope.permits(permission)"),
        Break.ofFunction(
            "a school that left can be held still",
            "entry.with_us(uuid)",
            "and s.left_at is null",
            "and s.school_id is not null"),
        Break.ofFunction(
            "a cluster is proposed over a class that has closed",
            "entry.propose_cluster(uuid, uuid, text, uuid[], uuid[])",
            "k.closed_at is null",
            "k.class_id is not null"),
        Break.ofFunction(
            "a cluster is shown to whoever has its id",
            "entry.cluster(uuid)",
            "p.school_id = any (entry.managed())",
            "p.school_id is not null"),
        Break.ofFunction(
            "an invitation is accepted by whoever has its id",
            "entry.accept_invitation(uuid)",
            "from entry.offers(me) o",
            "from (select i.* from public.invitation i where i.account_id is null) o"),
        Break.ofFunction(
            "an officer hands back the errand of another",
            "entry.end_errand(uuid, text, uuid)",
            "e.holder_id = holder",
            "e.holder_id is not null"),
        Break.ofFunction(
            "a role ends at whatever school the account has it",
            "entry.end_membership(uuid, uuid, text)",
            "perform entry.demand_school(of_school, 'identity:manage');",
            "perform entry.demand('identity:manage');"),
        new Break(
            "a cluster is found by its id alone, and is made under the id of another school's",
            "alter table cluster drop constraint cluster_one;" + PARTIES.formatted("true"),
            "alter table cluster add constraint cluster_one unique (cluster_id);"
                + PARTIES.formatted("p.home_id = mine.home_id")));
  }

  private static String id(Holding holding, String name) {
    return (name.equals("school") ? holding.school() : holding.id(name)).toString();
  }
}
