package uk.progressstream.provisioning.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.Driver;
import uk.progressstream.provisioning.pki.CertificateAuthority;
import uk.progressstream.provisioning.pki.CredentialFiles;
import uk.progressstream.provisioning.postgres.EmbeddedServer;
import uk.progressstream.provisioning.postgres.ServerSettings;
import uk.progressstream.provisioning.proof.Proves;

class ProvisionedDatabaseTest {
  @TempDir static Path directory;
  static EmbeddedServer server;
  static ServiceDatabase grades;
  static ServiceDatabase audit;
  static CertificateAuthority authority;

  @BeforeAll
  static void start() throws IOException, SQLException {
    authority = CertificateAuthority.create("test");
    server =
        EmbeddedServer.start(ServerSettings.forTests(directory.resolve("postgres"), authority));
    Files.writeString(directory.resolve("ca.crt"), authority.certificatePem());
    DatabaseProvisioner provisioner = new DatabaseProvisioner(server);
    provisioner.closeServer();
    grades = provisioner.provision("grades");
    audit = provisioner.provision("audit");
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Test
  @DisplayName("a role reaches its own database and no other")
  void ownDatabaseOnly() throws SQLException, IOException {
    for (DatabaseRole role : DatabaseRole.values()) {
      try (Connection connection = connect(grades, role, "grades", "grades")) {
        assertThat(connection.isValid(1)).isTrue();
      }
      for (String other : new String[] {"audit", "postgres", "template1"}) {
        assertThatThrownBy(() -> connect(grades, role, "grades", other))
            .as("%s at %s", role, other)
            .hasMessageContaining("permission denied");
      }
    }
  }

  @Test
  @Proves("D2")
  @DisplayName(
      "a client with no, a foreign or an expired certificate, or without TLS, is refused by PostgreSQL")
  void certificates() throws SQLException, IOException {
    write("expired", authority.issueExpired("grades"));
    write("foreign", CertificateAuthority.create("other").issue("grades", Duration.ofDays(1)));
    assertThatThrownBy(() -> open("expired", "verify-full")).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> open("foreign", "verify-full")).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> open("missing", "verify-full")).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> open("missing", "disable")).hasMessageContaining("no encryption");
    write("good", authority.issue("grades", Duration.ofDays(1)));
    open("good", "verify-full").close();
  }

  @Test
  @DisplayName("the superuser's password is of no use with a service's certificate")
  void superuser() throws IOException {
    write("good", authority.issue("grades", Duration.ofDays(1)));
    String password = Files.readString(directory.resolve("postgres/superuser/password"));
    assertThatThrownBy(() -> open("good", "verify-full", "provisioner", password, "postgres"))
        .isInstanceOf(SQLException.class);
  }

  @Test
  @DisplayName("a role that works at run time changes no structure, its own policies least of all")
  void structure() throws SQLException, IOException {
    for (DatabaseRole role : DatabaseRole.values()) {
      try (Connection connection = connect(grades, role, "grades", "grades")) {
        for (String change :
            new String[] {"drop owned by current_user", "create temporary table kept (id int)"}) {
          if (role == DatabaseRole.OWNER) {
            connection
                .createStatement()
                .execute("create temporary table if not exists own (id int)");
          } else {
            assertThatThrownBy(() -> connection.createStatement().execute(change))
                .as("%s: %s", role, change)
                .isInstanceOfSatisfying(
                    SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
          }
        }
      }
    }
  }

  @Test
  @DisplayName("what a role set for itself ends when the database is provisioned again")
  void ownSettings() throws SQLException, IOException {
    try (Connection connection = connect(audit, DatabaseRole.SCHOOL, "audit", "audit")) {
      connection
          .createStatement()
          .execute(
              "alter role audit_school set default_transaction_read_only = on;"
                  + " alter role audit_school in database audit set lock_timeout = '1ms'");
      assertThatThrownBy(
              () ->
                  connection
                      .createStatement()
                      .execute("alter role audit_school connection limit -1"))
          .isInstanceOf(SQLException.class);
      assertThatThrownBy(
              () -> connection.createStatement().execute("set temp_file_limit = '100GB'"))
          .isInstanceOf(SQLException.class);
    }

    audit = new DatabaseProvisioner(server).provision("audit");

    try (Connection connection = connect(audit, DatabaseRole.SCHOOL, "audit", "audit")) {
      assertThat(shown(connection, "default_transaction_read_only")).isEqualTo("off");
      assertThat(shown(connection, "lock_timeout")).isEqualTo("1min");
      assertThat(shown(connection, "temp_file_limit")).isEqualTo("512MB");
    }
  }

  private static String shown(Connection connection, String setting) throws SQLException {
    try (ResultSet rows = connection.createStatement().executeQuery("show " + setting)) {
      rows.next();
      return rows.getString(1);
    }
  }

  @Test
  @DisplayName("no service role reads the seal key or calls the keeper's functions")
  void sealKey() throws SQLException, IOException {
    for (DatabaseRole role : DatabaseRole.values()) {
      try (Connection connection = connect(grades, role, "grades", "grades")) {
        for (String sql :
            new String[] {
              "select * from scope.seal_key",
              "select scope.fields()",
              "select crypto.hmac('a', 'b', 'sha256')",
              "set role grades_keeper",
              "create or replace function scope.account() returns uuid language sql return null",
              "select lo_creat(-1)",
            }) {
          assertThatThrownBy(() -> connection.createStatement().execute(sql))
              .as("%s: %s", role, sql)
              .hasMessageMatching("(?s).*(permission denied|must be owner|changes no structure).*");
        }
      }
    }
  }

  @Test
  @DisplayName("provisioning again keeps the seal key and changes the passwords")
  void again() throws SQLException, IOException {
    ServiceDatabase before = new DatabaseProvisioner(server).provision("sensitive");
    ServiceDatabase after = new DatabaseProvisioner(server).provision("sensitive");
    assertThat(after.sealKey().secret()).isEqualTo(before.sealKey().secret());
    assertThat(after.passwords().values()).doesNotContainAnyElementsOf(before.passwords().values());
    connect(after, DatabaseRole.SCHOOL, "sensitive", "sensitive").close();
  }

  @Test
  @DisplayName("no role of a service is strong")
  void weakRoles() throws SQLException {
    try (Connection connection = server.connect("grades");
        ResultSet rows =
            connection
                .createStatement()
                .executeQuery(
                    "select rolname from pg_roles where rolname ~ '^(grades|audit)_' and"
                        + " (rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolinherit or"
                        + " rolreplication)")) {
      assertThat(rows.next()).isFalse();
    }
  }

  private static Connection open(String name, String sslMode) throws SQLException {
    return open(name, sslMode, "grades_school", grades.password(DatabaseRole.SCHOOL), "grades");
  }

  private static Connection open(
      String name, String sslMode, String user, String password, String database)
      throws SQLException {
    CredentialFiles files = CredentialFiles.in(directory, name);
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("sslmode", sslMode);
    properties.setProperty("sslrootcert", directory.resolve("ca.crt").toString());
    properties.setProperty("sslcert", files.certificate().toString());
    properties.setProperty("sslkey", files.keyDer().toString());
    return new Driver()
        .connect("jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database, properties);
  }

  private static Connection connect(
      ServiceDatabase of, DatabaseRole role, String peer, String database)
      throws SQLException, IOException {
    write(peer, authority.issue(peer, Duration.ofDays(1)));
    return open(peer, "verify-full", role.of(of.name()), of.password(role), database);
  }

  private static void write(String name, uk.progressstream.provisioning.pki.Credential credential)
      throws IOException {
    credential.writeTo(directory, name);
  }
}
