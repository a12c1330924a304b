package uk.progressstream.provisioning.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import uk.progressstream.provisioning.database.DatabaseRole;
import uk.progressstream.provisioning.database.ServiceDatabase;

/** A service's database with its migrations, and one connection of each role that works in it. */
final class AttackedDatabase implements AutoCloseable {
  private static final DatabaseRole[] INTRUDERS = {
    DatabaseRole.SCHOOL, DatabaseRole.CLASS, DatabaseRole.RELAY
  };

  private final ServiceSurroundings surroundings;
  private final TestKit kit;
  private final Connection superuser;
  private final Map<DatabaseRole, Connection> connections = new EnumMap<>(DatabaseRole.class);

  private AttackedDatabase(ServiceSurroundings surroundings, TestKit kit, Connection superuser) {
    this.surroundings = surroundings;
    this.kit = kit;
    this.superuser = superuser;
  }

  static AttackedDatabase start(String service) throws IOException, SQLException {
    ServiceSurroundings surroundings = ServiceSurroundings.start(service);
    TestKit kit = TestKit.in(surroundings.directory());
    AttackedDatabase database = new AttackedDatabase(surroundings, kit, kit.superuser());
    database.migrate();
    for (DatabaseRole role : INTRUDERS) {
      Connection connection = database.source(role).getConnection();
      connection.setAutoCommit(false);
      database.connections.put(role, connection);
    }
    return database;
  }

  static DatabaseRole[] intruders() {
    return INTRUDERS.clone();
  }

  Connection superuser() {
    return superuser;
  }

  Tokens tokens() {
    return kit.tokens();
  }

  String service() {
    return kit.service();
  }

  /** A connection of this role, outside a transaction, that does not commit by itself. */
  Connection as(DatabaseRole role) {
    Connection connection = connections.get(role);
    if (connection == null) {
      throw new IllegalArgumentException("no intruder");
    }
    return connection;
  }

  @Override
  public void close() throws IOException, SQLException {
    for (Connection connection : connections.values()) {
      connection.close();
    }
    superuser.close();
    surroundings.close();
    ServiceTestResource.delete(surroundings.directory());
  }

  private void migrate() {
    Flyway.configure()
        .dataSource(source(DatabaseRole.OWNER))
        .locations("classpath:db/platform", "classpath:db/migration")
        .placeholders(Map.of("service", kit.service()))
        .load()
        .migrate();
  }

  private PGSimpleDataSource source(DatabaseRole role) {
    ServiceDatabase database = surroundings.database();
    Path directory = surroundings.directory();
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {database.host()});
    source.setPortNumbers(new int[] {database.port()});
    source.setDatabaseName(database.name());
    source.setUser(role.of(database.name()));
    source.setPassword(database.password(role));
    source.setSslMode("verify-full");
    source.setSslRootCert(directory.resolve("tls/ca.crt").toString());
    source.setSslCert(directory.resolve("tls/" + database.name() + ".crt").toString());
    source.setSslKey(directory.resolve("tls/" + database.name() + ".pk8").toString());
    return source;
  }
}
