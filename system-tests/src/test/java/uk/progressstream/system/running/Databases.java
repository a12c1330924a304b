package uk.progressstream.system.running;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import uk.progressstream.provisioning.postgres.Superuser;

/** The databases of a running system as their superuser sees them, past all row security. */
public final class Databases {
  /** One a service. */
  public static final List<String> NAMES =
      List.of("identity", "ingest", "pseudonym", "grades", "sensitive", "audit", "breach");

  private final RunningSystem system;

  /** Of this system. */
  public Databases(RunningSystem system) {
    this.system = system;
  }

  /** The first column of a query. */
  public List<String> column(String database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  /** Has the server write every changed page to its files. */
  public void flush() throws SQLException {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("checkpoint");
    }
  }

  /** A connection; the caller closes it. */
  public Connection connect(String database) throws SQLException {
    Superuser superuser = new Superuser(system.directory().resolve("postgres/superuser"));
    int port = system.run().json().getJsonObject("postgres").getInteger("port");
    return superuser.connect(port, database);
  }
}
