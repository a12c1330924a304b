package uk.progressstream.system.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.system.running.RunningSystem;
import uk.progressstream.system.running.WholeSystem;

/** Somebody got hold of a service's certificate and run-time password and has a SQL prompt. */
@ExtendWith(WholeSystem.class)
class DatabaseIT {
  private static final String TABLES =
      """
      select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      """;

  private final RunningSystem system;

  DatabaseIT(RunningSystem system) {
    this.system = system;
  }

  @ParameterizedTest(
      name = "{0}: its own database role reads no row with no scope or with a forged one")
  @ValueSource(strings = {"identity", "ingest", "pseudonym", "grades", "sensitive", "breach"})
  @Proves("D9")
  void noRowWithoutAGenuineScope(String service) throws SQLException {
    try (Connection connection = connect(service, service)) {
      for (String table : tables(connection)) {
        assertThat(rows(connection, table)).as(table).isZero();
      }
      forge(connection);
      for (String table : tables(connection)) {
        assertThat(rows(connection, table)).as(table + " with a forged scope").isZero();
      }
    }
  }

  @ParameterizedTest(name = "{0}: its role can see no seal key and become nobody else")
  @ValueSource(
      strings = {"identity", "ingest", "pseudonym", "grades", "sensitive", "audit", "breach"})
  @Proves("D9")
  void noWayUp(String service) throws SQLException {
    try (Connection connection = connect(service, service)) {
      for (String attempt :
          List.of(
              "select * from scope.seal_key",
              "select scope.fields()",
              "set role " + service + "_owner",
              "set role " + service + "_keeper",
              "set row_security = off; select * from outbox.event",
              "alter role current_user bypassrls",
              "create table stolen as select 1",
              "select pg_read_file('PG_VERSION')",
              "copy (select 1) to program 'true'")) {
        assertThatThrownBy(() -> execute(connection, attempt))
            .as(attempt)
            .isInstanceOf(SQLException.class);
      }
    }
  }

  @Test
  @Proves("D2")
  @DisplayName(
      "PostgreSQL refuses plain text, no certificate, and a role at another service's database")
  void theDatabaseServerWantsTlsAndACertificate() {
    JsonObject grades = system.service("grades").getJsonObject("database");
    Properties plain = login(grades);
    plain.setProperty("sslmode", "disable");
    Properties withoutCertificate = login(grades);
    withoutCertificate.setProperty("sslmode", "require");

    assertThatThrownBy(() -> open("grades", plain)).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> open("grades", withoutCertificate)).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> connect("grades", "sensitive")).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> connect("grades", "postgres")).isInstanceOf(SQLException.class);
  }

  private static void forge(Connection connection) throws SQLException {
    String scope =
        "ps1|%s|%s|4000000000|-|teaching|grades:read,sensitive:read,audit:read,identity:manage|school|%s"
            .formatted(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
    execute(connection, "select set_config('ps.scope', '" + scope + "', false)");
    execute(connection, "select set_config('ps.seal', '1." + "0".repeat(64) + "', false)");
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  private static long rows(Connection connection, String table) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException refused) {
      return 0;
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connect(String service, String database) throws SQLException {
    JsonObject own = system.service(service);
    Properties properties = login(own.getJsonObject("database"));
    properties.setProperty("sslmode", "verify-full");
    properties.setProperty("sslrootcert", system.run().json().getString("caFile"));
    properties.setProperty("sslcert", own.getString("clientCertificate"));
    properties.setProperty("sslkey", keyDer(own.getString("clientKey")));
    return open(database, properties);
  }

  private static String keyDer(String pem) {
    return Path.of(pem)
        .resolveSibling(Path.of(pem).getFileName().toString().replace(".key", ".pk8"))
        .toString();
  }

  private static Properties login(JsonObject database) {
    Properties properties = new Properties();
    properties.setProperty("user", database.getString("appUser"));
    properties.setProperty("password", database.getString("appPassword"));
    return properties;
  }

  private Connection open(String database, Properties properties) throws SQLException {
    JsonObject server = system.run().json().getJsonObject("postgres");
    String url =
        "jdbc:postgresql://%s:%d/%s"
            .formatted(server.getString("host"), server.getInteger("port"), database);
    Connection connection = new Driver().connect(url, properties);
    if (connection == null) {
      throw new SQLException("not an address");
    }
    return connection;
  }
}
