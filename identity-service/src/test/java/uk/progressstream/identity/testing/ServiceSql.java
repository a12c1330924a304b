package uk.progressstream.identity.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import uk.progressstream.platform.scope.SealedScope;
import uk.progressstream.provisioning.testing.TestKit;

/** SQL as somebody runs it who has all that identity's process has. */
public final class ServiceSql {
  private static final String REFUSED = "42501";

  private ServiceSql() {}

  /** The first column of what a statement answers under a scope; it is committed. */
  public static List<String> column(SealedScope scope, String sql) throws SQLException {
    List<String> column = new ArrayList<>();
    try (Connection connection = asTheService(List.of(scope));
        ResultSet rows = connection.createStatement().executeQuery(sql)) {
      while (rows.next()) {
        column.add(rows.getString(1));
      }
      connection.commit();
    }
    return column;
  }

  /** The same in the role for classes. */
  public static List<String> columnOfClasses(SealedScope scope, String sql) throws SQLException {
    List<String> column = new ArrayList<>();
    try (Connection connection = as("identity_class", List.of(scope));
        ResultSet rows = connection.createStatement().executeQuery(sql)) {
      while (rows.next()) {
        column.add(rows.getString(1));
      }
    }
    return column;
  }

  /** Runs a statement that answers nothing under a scope; it is committed. */
  public static void update(SealedScope scope, String sql) throws SQLException {
    try (Connection connection = asTheService(List.of(scope))) {
      connection.createStatement().executeUpdate(sql);
      connection.commit();
    }
  }

  /** The SQL state of a statement that is refused, else {@code none}; it is rolled back. */
  public static String outcome(SealedScope scope, String sql) throws SQLException {
    try (Connection connection = asTheService(List.of(scope))) {
      connection.createStatement().execute(sql);
      connection.rollback();
      return "none";
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }

  /** A statement that the database refuses, under the scope if there is one. */
  public static void refused(List<SealedScope> scope, String sql) throws SQLException {
    try (Connection connection = asTheService(scope)) {
      assertThatThrownBy(() -> connection.createStatement().executeQuery(sql))
          .as(sql)
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(REFUSED));
      connection.rollback();
    }
  }

  /** A transaction under a scope that the test ends itself. */
  public static Connection open(SealedScope scope) throws SQLException {
    return asTheService(List.of(scope));
  }

  private static Connection asTheService(List<SealedScope> scope) throws SQLException {
    return as("identity_school", scope);
  }

  private static Connection as(String role, List<SealedScope> scope) throws SQLException {
    Connection connection = TestKit.current().superuser();
    connection.setAutoCommit(false);
    connection.createStatement().execute("set local role " + role);
    for (SealedScope each : scope) {
      try (PreparedStatement set =
          connection.prepareStatement(
              "select set_config('ps.scope', ?, true), set_config('ps.seal', ?, true)")) {
        set.setString(1, each.text());
        set.setString(2, each.seal());
        set.execute();
      }
    }
    return connection;
  }
}
