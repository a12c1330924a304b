package uk.progressstream.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import uk.progressstream.identity.seal.OwnScopes;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.Person;
import uk.progressstream.identity.testing.SampleSchool;
import uk.progressstream.identity.testing.ServiceSql;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.platform.scope.SealedScope;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

/**
 * What the clerk's functions refuse by themselves, to whoever can run SQL as the service: the
 * service's own checks come before them, and hide from every other test whether they hold.
 */
@QuarkusTest
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
@Proves("D9")
class EntryFunctionsTest {
  private static final Set<String> OF_ALL_ROLES =
      Set.of(
          OwnScopes.SIGN_IN,
          OwnScopes.CHECK_LEASE,
          OwnScopes.ERRAND,
          OwnScopes.STAFF,
          "identity:manage",
          "identity:read",
          "school:onboard",
          "session:take",
          "breach:manage");

  /** What opens each function that refuses; a new one must be named here. */
  private static final Map<String, Set<String>> DEMANDS =
      Map.ofEntries(
          Map.entry("standing", Set.of(OwnScopes.SIGN_IN)),
          Map.entry("bind", Set.of(OwnScopes.SIGN_IN)),
          Map.entry("bind_staff", Set.of(OwnScopes.SIGN_IN)),
          Map.entry("check_lease", Set.of(OwnScopes.CHECK_LEASE)),
          Map.entry("propose_cluster", Set.of("identity:manage")),
          Map.entry("revocations", Set.of(OwnScopes.CHECK_LEASE)),
          Map.entry("take_errand", Set.of(OwnScopes.ERRAND)),
          Map.entry("bring_staff", Set.of(OwnScopes.STAFF)),
          Map.entry("end_errand", Set.of(OwnScopes.ERRAND)),
          Map.entry("errand_schools", Set.of(OwnScopes.ERRAND)),
          Map.entry("leave_cluster", Set.of("identity:manage")),
          Map.entry("revoke_invitation", Set.of("identity:manage")),
          Map.entry("withdraw_approval", Set.of("identity:manage")),
          Map.entry("withdraw_consent", Set.of("identity:manage")),
          Map.entry("close_cluster", Set.of("identity:manage")),
          Map.entry("end_membership", Set.of("identity:manage")),
          Map.entry("accept_invitation", Set.of("identity:read")),
          Map.entry("leave_school", Set.of("identity:read")),
          Map.entry("leave", Set.of("identity:manage")),
          Map.entry("school_directory", Set.of("school:onboard", "session:take")),
          Map.entry("create_school", Set.of("school:onboard")),
          Map.entry("take_lease", Set.of("session:take")),
          Map.entry("end_lease", Set.of("session:take")));

  /** These answer from the scope itself, and so with nothing where there is none. */
  private static final Set<String> ANSWER_FROM_THE_SCOPE =
      Set.of("my_invitations", "me", "cluster", "clusters", "cluster_history");

  private final UUID account = UUID.randomUUID();
  private Gateway gateway;
  private SampleSchool school;
  private Tokens tokens;

  @BeforeEach
  void onboard() {
    gateway = Gateway.open();
    school = SampleSchool.onboard(gateway);
    tokens = TestKit.current().tokens();
  }

  @Test
  @DisplayName("Every function that the service may call is in this test")
  void complete() throws SQLException {
    Set<String> known = new TreeSet<>(DEMANDS.keySet());
    known.addAll(ANSWER_FROM_THE_SCOPE);

    assertThat(calls().keySet()).containsExactlyInAnyOrderElementsOf(known);
  }

  @TestFactory
  @DisplayName("A function of the clerk does nothing")
  Stream<DynamicTest> demands() throws SQLException {
    Map<String, String> calls = calls();
    return DEMANDS.keySet().stream()
        .sorted()
        .flatMap(
            name ->
                attacks(name).entrySet().stream()
                    .map(
                        attack ->
                            DynamicTest.dynamicTest(
                                name + " with " + attack.getKey(),
                                () -> ServiceSql.refused(attack.getValue(), calls.get(name)))));
  }

  @Test
  @DisplayName(
      "Another school's admin takes nobody out of a cluster, naming its school all the same")
  void leaveCluster() throws SQLException {
    UUID cluster = school.propose(List.of(SampleSchool.cell(school.id(), null)));
    Person teacher = school.member("teacher");
    school.assign(cluster, teacher);
    SealedScope elsewhere =
        tokens.sealed(Tokens.schools(account, Set.of(UUID.randomUUID()), "identity:manage"));

    ServiceSql.refused(
        List.of(elsewhere),
        "select entry.leave_cluster('%s', '%s', '%s')"
            .formatted(cluster, school.id(), school.accountOf(teacher)));
  }

  private Map<String, List<SealedScope>> attacks(String name) {
    Set<String> others = new TreeSet<>(OF_ALL_ROLES);
    others.removeAll(DEMANDS.get(name));
    return Map.of(
        "no scope",
        List.of(),
        "a forged seal",
        List.of(tokens.forged(everything(OF_ALL_ROLES))),
        "an expired scope",
        List.of(tokens.sealed(Tokens.expired(everything(OF_ALL_ROLES)))),
        "every permission but its own",
        List.of(tokens.sealed(everything(others))));
  }

  private Scope everything(Set<String> permissions) {
    return Tokens.schools(account, Set.of(school.id()), permissions.toArray(String[]::new));
  }

  /** A call of each function that the service's role may run, its arguments all null. */
  private static Map<String, String> calls() throws SQLException {
    String sql =
        "select p.proname, format('select entry.%I(%s)', p.proname, (select coalesce("
            + "string_agg(format('null::%s', t::regtype), ', ' order by nth), '')"
            + " from unnest(p.proargtypes::oid[]) with ordinality as a(t, nth))) from pg_proc p"
            + " where p.pronamespace = 'entry'::regnamespace"
            + " and has_function_privilege('identity_school', p.oid, 'execute')";
    Map<String, String> calls = new TreeMap<>();
    try (Connection superuser = TestKit.current().superuser();
        ResultSet rows = superuser.createStatement().executeQuery(sql)) {
      while (rows.next()) {
        calls.put(rows.getString(1), rows.getString(2));
      }
    }
    return calls;
  }
}
