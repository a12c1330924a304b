package uk.progressstream.breach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.ServiceTestResource;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

@QuarkusTest
@Proves("B4")
@WithTestResource(
    value = ServiceTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "breach"))
class InsertOnlyTest {
  private static final List<String> TABLES =
      List.of(
          "breach", "breach_suspect", "step_completion", "finding", "scope_confirmation", "rung");
  private static final String REFUSED = "42501";

  private final UUID account = UUID.randomUUID();
  private TestKit kit;
  private UUID breach;

  @BeforeEach
  void seed() throws SQLException {
    kit = TestKit.current();
    try (Connection superuser = kit.superuser()) {
      SampleBreaches samples = new SampleBreaches(superuser);
      breach = samples.insert(account, "10 minutes");
      samples.confirm(breach, UUID.randomUUID(), account);
      samples.rung(breach, "scope", 90);
    }
  }

  @TestFactory
  @DisplayName("nothing that was written can be changed or removed")
  Stream<DynamicTest> changes() {
    return Stream.of("school", "class", "relay", "owner", "superuser")
        .flatMap(
            role ->
                TABLES.stream()
                    .map(
                        table ->
                            DynamicTest.dynamicTest(
                                role + " with a genuine scope changes nothing in " + table,
                                () -> refusesChanges(role, table))));
  }

  @Test
  @DisplayName(
      "a stolen session with a genuine scope cannot date a breach, a completion or a finding back")
  void noBackDating() throws SQLException {
    String breachRow =
        "insert into breach (id, aware_at, summary, window_from, window_to, opened_by, idempotency_key,"
            + " request_hash, opened_at) values (gen_random_uuid(), now(), 'x', now() - interval '1 day',"
            + " now(), '%s', 'x', repeat('0', 64), now() - interval '1 day')";
    String completion =
        "insert into step_completion (breach_id, step, completed_by, met_at)"
            + " values ('%2$s', 'scope', '%1$s', now() - interval '1 day')";
    String finding =
        "insert into finding (id, breach_id, kind, text, found_by, idempotency_key, found_at)"
            + " values (gen_random_uuid(), '%2$s', 'finding', 'x', '%1$s', 'x', now() - interval '1 day')";
    for (String insert : List.of(breachRow, completion, finding)) {
      refused("school", insert.formatted(account, breach));
    }
  }

  @Test
  @DisplayName(
      "a stolen session with a genuine scope cannot write in another account's name or fire a rung")
  void noOtherName() throws SQLException {
    UUID other = UUID.randomUUID();
    refused(
        "school",
        "insert into step_completion (breach_id, step, completed_by) values ('%s', 'scope', '%s')"
            .formatted(breach, other));
    refused(
        "school",
        "insert into scope_confirmation (breach_id, school_id, confirmed_by) values ('%s', '%s', '%s')"
            .formatted(breach, UUID.randomUUID(), other));
    refused(
        "school",
        "insert into rung (breach_id, step, percent, due_at) values ('%s', 'scope', 100, now())"
            .formatted(breach));
    refused(
        "school", "select clock.rung_event('%s', 'scope', 100::smallint, now())".formatted(breach));
  }

  @Test
  @DisplayName("even the superuser's time of a completion is replaced by the database's clock")
  void completionsAreStamped() throws SQLException {
    try (Connection superuser = kit.superuser();
        var rows =
            superuser
                .createStatement()
                .executeQuery(
                    "insert into step_completion (breach_id, step, completed_by, met_at) values ('"
                        + breach
                        + "', 'scope', '"
                        + account
                        + "', now() - interval '1 day') returning clock_timestamp() - met_at < interval '1 minute'")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getBoolean(1)).isTrue();
    }
  }

  @Test
  @DisplayName("no role that works at run time has a privilege to change a row, trigger or not")
  void noPrivilegeToChange() throws SQLException {
    String sql =
        "select r || ' ' || p || ' ' || t from unnest(array['school', 'class', 'relay', 'clerk']) r,"
            + " unnest(array['update', 'delete', 'truncate']) p, unnest(?::text[]) t"
            + " where has_table_privilege('breach_' || r, 'public.' || t, p)"
            + " or (p = 'update' and has_any_column_privilege('breach_' || r, 'public.' || t, p))";
    List<String> privileges = new ArrayList<>();
    try (Connection superuser = kit.superuser();
        PreparedStatement select = superuser.prepareStatement(sql)) {
      select.setArray(1, superuser.createArrayOf("text", TABLES.toArray()));
      ResultSet rows = select.executeQuery();
      while (rows.next()) {
        privileges.add(rows.getString(1));
      }
    }

    assertThat(privileges).isEmpty();
  }

  private void refusesChanges(String role, String table) throws SQLException {
    String column = table.equals("breach") ? "id" : "breach_id";
    refused(role, "update " + table + " set " + column + " = gen_random_uuid()");
    refused(role, "delete from " + table);
    refused(role, "truncate " + table + " cascade");
  }

  private void refused(String role, String sql) throws SQLException {
    try (Connection connection =
        role.equals("superuser") ? kit.superuser() : RoleConnections.as(role)) {
      connection.setAutoCommit(false);
      RoleConnections.set(connection, kit.tokens().sealed(Tokens.none(account, "breach:manage")));
      assertThatThrownBy(() -> connection.createStatement().execute(sql))
          .as(role + ": " + sql)
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(REFUSED));
      connection.rollback();
    }
  }
}
