package uk.progressstream.provisioning.database;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import org.postgresql.PGConnection;
import uk.progressstream.provisioning.postgres.EmbeddedServer;
import uk.progressstream.provisioning.postgres.Superuser;

/**
 * Makes a service's database, or brings an existing one up to date: it may run any number of times.
 * Passwords are new each time; the seal key is kept, so that tokens outlive a restart.
 */
public final class DatabaseProvisioner {
  private static final int FIRST_KEY = 1;
  private static final int KEY_BYTES = 32;

  private final EmbeddedServer server;

  /** Works on this server, as its superuser. */
  public DatabaseProvisioner(EmbeddedServer server) {
    this.server = server;
  }

  /** Closes the databases that come with the server to everybody but the superuser. */
  public void closeServer() throws SQLException {
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("revoke all on database postgres from public");
      statement.execute("revoke all on database template1 from public");
    }
  }

  /**
   * Provisions one service.
   *
   * @param service its name, lower-case letters; also that of its database
   */
  public ServiceDatabase provision(String service) throws SQLException {
    ProvisioningSql sql = new ProvisioningSql(service);
    Map<DatabaseRole, String> passwords;
    try (Connection connection = server.connect("postgres")) {
      run(connection, sql.read("roles.sql"));
      passwords = newPasswords(connection, service);
      createDatabase(connection, service);
    }
    try (Connection connection = server.superuser().connectForScripts(server.port(), service)) {
      connection.setAutoCommit(false);
      run(connection, sql.read("database.sql"));
      run(connection, sql.read("scope.sql"));
      connection.commit();
    }
    try (Connection connection = server.connect(service)) {
      SealKey key = keepOrMakeSealKey(connection);
      return new ServiceDatabase(server.host(), server.port(), service, passwords, key);
    }
  }

  private static Map<DatabaseRole, String> newPasswords(Connection connection, String service)
      throws SQLException {
    Map<DatabaseRole, String> passwords = new EnumMap<>(DatabaseRole.class);
    PGConnection driver = connection.unwrap(PGConnection.class);
    for (DatabaseRole role : DatabaseRole.values()) {
      String password = Superuser.randomPassword();
      // The driver sends the SCRAM verifier; the server never sees the password itself.
      driver.alterUserPassword(role.of(service), password.toCharArray(), "scram-sha-256");
      passwords.put(role, password);
    }
    return passwords;
  }

  private static void createDatabase(Connection connection, String service) throws SQLException {
    try (PreparedStatement exists =
        connection.prepareStatement("select 1 from pg_database where datname = ?")) {
      exists.setString(1, service);
      try (ResultSet rows = exists.executeQuery()) {
        if (rows.next()) {
          return;
        }
      }
    }
    run(connection, "create database " + service + " template template0");
  }

  private static SealKey keepOrMakeSealKey(Connection connection) throws SQLException {
    byte[] fresh = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(fresh);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into scope.seal_key (id, secret, valid_from) values (?, ?, now())"
                + " on conflict (id) do nothing")) {
      insert.setInt(1, FIRST_KEY);
      insert.setBytes(2, fresh);
      insert.executeUpdate();
    }
    try (Statement select = connection.createStatement();
        ResultSet row =
            select.executeQuery(
                "select id, secret from scope.seal_key"
                    + " where valid_until is null or valid_until > now()"
                    + " order by valid_from desc, id desc limit 1")) {
      if (!row.next()) {
        throw new SQLException("no seal key is valid");
      }
      return new SealKey(row.getInt(1), row.getBytes(2));
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
