package uk.progressstream.sensitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.progressstream.provisioning.testing.Tokens.classes;
import static uk.progressstream.provisioning.testing.Tokens.schools;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.platform.scope.ClassCell;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.platform.scope.SealedScope;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.TestKit;

/** The permission is the database's business too: the service asks for it first, and hides that. */
@QuarkusTest
@Proves("D5")
@WithTestResource(
    value = KeysTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "sensitive"))
class SqlPermissionTest {
  /** Whatever anybody may hold on a school, but this one's own to read. */
  private static final String[] ALL_OTHERS = {
    "identity:read",
    "identity:manage",
    "grades:read",
    "grades:export",
    "grades:write",
    "sensitive:write",
    "vault:write",
    "uploads:read",
    "uploads:write",
    "audit:read",
    "audit:blast-radius",
    "breach:notices"
  };

  private final UUID account = UUID.randomUUID();
  private final UUID school = UUID.randomUUID();
  private final UUID schoolClass = UUID.randomUUID();

  @BeforeEach
  void seed() throws SQLException {
    try (Connection superuser = TestKit.current().superuser()) {
      insert(
          superuser,
          "insert into data_key (school_id, purpose, wrapped) values (?, 'sensitive', '\\x00')",
          school);
      insert(
          superuser,
          "insert into pupil_record (school_id, class_id, ps_id, upload_id, fields_sealed,"
              + " fields_digest) values (?, ?, ?, gen_random_uuid(), sha256('1'), sha256('2'))",
          school,
          schoolClass,
          UUID.randomUUID());
    }
  }

  @Test
  @DisplayName("With every other permission on the school the database gives no record and no key")
  void ofTheSchool() throws SQLException {
    assertThat(rows("school", schools(account, Set.of(school), ALL_OTHERS))).isZero();
    assertThat(rows("school", schools(account, Set.of(school), "sensitive:read"))).isEqualTo(2);
  }

  @Test
  @DisplayName("With every other permission on the class the database gives no record and no key")
  void ofTheClass() throws SQLException {
    Set<ClassCell> cell = Set.of(new ClassCell(school, schoolClass));

    assertThat(rows("class", classes(account, cell, ALL_OTHERS))).isZero();
    assertThat(rows("class", classes(account, cell, "sensitive:read"))).isEqualTo(2);
  }

  @Test
  @DisplayName("Who may only read makes no key, nor a record, in the database either")
  void aReaderWritesNothing() throws SQLException {
    String key =
        "insert into data_key (school_id, purpose, wrapped) values ('%s', 'another', '\\x00')"
            .formatted(school);
    String record =
        ("insert into pupil_record (school_id, class_id, ps_id, upload_id, fields_sealed,"
                + " fields_digest) values ('%s', gen_random_uuid(), gen_random_uuid(),"
                + " gen_random_uuid(), sha256('1'), sha256('2'))")
            .formatted(school);

    for (String sql : new String[] {key, record}) {
      try (Connection connection =
          as("school", schools(account, Set.of(school), "sensitive:read"))) {
        assertThatThrownBy(() -> connection.createStatement().execute(sql))
            .as(sql)
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
        connection.rollback();
      }
      try (Connection connection =
          as("school", schools(account, Set.of(school), "sensitive:read", "sensitive:write"))) {
        assertThat(connection.createStatement().executeUpdate(sql)).isEqualTo(1);
        connection.rollback();
      }
    }
  }

  /** How many records and keys the role sees under a scope. */
  private static int rows(String role, Scope scope) throws SQLException {
    String sql = "select (select count(*) from pupil_record) + (select count(*) from data_key)";
    try (Connection connection = as(role, scope);
        ResultSet row = connection.createStatement().executeQuery(sql)) {
      row.next();
      int rows = row.getInt(1);
      connection.rollback();
      return rows;
    }
  }

  /** The database as it answers a role of the service under a scope, until the rollback. */
  private static Connection as(String role, Scope scope) throws SQLException {
    SealedScope sealed = TestKit.current().tokens().sealed(scope);
    Connection connection = TestKit.current().superuser();
    connection.setAutoCommit(false);
    connection.createStatement().execute("set local role sensitive_" + role);
    try (PreparedStatement set =
        connection.prepareStatement(
            "select set_config('ps.scope', ?, true), set_config('ps.seal', ?, true)")) {
      set.setString(1, sealed.text());
      set.setString(2, sealed.seal());
      set.execute();
    }
    return connection;
  }

  private static void insert(Connection superuser, String sql, UUID... ids) throws SQLException {
    try (PreparedStatement insert = superuser.prepareStatement(sql)) {
      for (int i = 0; i < ids.length; i++) {
        insert.setObject(i + 1, ids[i]);
      }
      insert.executeUpdate();
    }
  }
}
