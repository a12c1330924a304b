package uk.progressstream.breach;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Properties;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.postgresql.Driver;
import uk.progressstream.platform.scope.SealedScope;

/** The database as somebody meets it who has stolen all that the service's process knows. */
public final class RoleConnections {
  private RoleConnections() {}

  /** A connection of one of the service's roles, such as {@code school}, that does not commit. */
  public static Connection as(String role) throws SQLException {
    Config config = ConfigProvider.getConfig();
    Properties properties = new Properties();
    properties.setProperty("user", "breach_" + role);
    properties.setProperty(
        "password", config.getValue("ps.database." + role + "-password", String.class));
    properties.setProperty("sslmode", "verify-full");
    properties.setProperty("sslrootcert", config.getValue("ps.tls.ca", String.class));
    properties.setProperty("sslcert", config.getValue("ps.tls.certificate", String.class));
    properties.setProperty("sslkey", config.getValue("ps.tls.key-der", String.class));
    String url =
        "jdbc:postgresql://%s:%s/breach"
            .formatted(
                config.getValue("ps.database.host", String.class),
                config.getValue("ps.database.port", String.class));
    Connection connection = new Driver().connect(url, properties);
    connection.setAutoCommit(false);
    return connection;
  }

  /** Sets a scope for the transaction that is about to begin. */
  public static void set(Connection connection, SealedScope scope) throws SQLException {
    try (PreparedStatement set =
        connection.prepareStatement(
            "select set_config('ps.scope', ?, true), set_config('ps.seal', ?, true)")) {
      set.setString(1, scope.text());
      set.setString(2, scope.seal());
      set.execute();
    }
  }
}
