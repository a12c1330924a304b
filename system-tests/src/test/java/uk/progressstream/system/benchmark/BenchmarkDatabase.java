package uk.progressstream.system.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import uk.progressstream.provisioning.database.DatabaseProvisioner;
import uk.progressstream.provisioning.database.DatabaseRole;
import uk.progressstream.provisioning.database.ServiceDatabase;
import uk.progressstream.provisioning.pki.CertificateAuthority;
import uk.progressstream.provisioning.pki.CredentialFiles;
import uk.progressstream.provisioning.postgres.EmbeddedServer;
import uk.progressstream.provisioning.postgres.ServerSettings;
import uk.progressstream.system.running.RunningSystem;

/**
 * A service's database as it is provisioned and migrated for the service, on a server of its own.
 */
final class BenchmarkDatabase implements AutoCloseable {
  private final Path directory;
  private final EmbeddedServer server;
  private final ServiceDatabase database;
  private final CredentialFiles own;

  private BenchmarkDatabase(
      Path directory, EmbeddedServer server, ServiceDatabase database, CredentialFiles own) {
    this.directory = directory;
    this.server = server;
    this.database = database;
    this.own = own;
  }

  static BenchmarkDatabase start(String service) throws IOException, SQLException {
    Path directory = Files.createTempDirectory("progress-stream-benchmark");
    CertificateAuthority authority =
        CertificateAuthority.loadOrCreate(directory.resolve("authority"), "benchmark");
    Files.writeString(
        directory.resolve("ca.crt"), authority.certificatePem(), StandardCharsets.US_ASCII);
    CredentialFiles own =
        authority.issue(service, java.time.Duration.ofHours(12)).writeTo(directory, service);
    EmbeddedServer server =
        EmbeddedServer.start(ServerSettings.forTests(directory.resolve("postgres"), authority));
    BenchmarkDatabase started =
        new BenchmarkDatabase(
            directory, server, new DatabaseProvisioner(server).provision(service), own);
    started.migrate();
    return started;
  }

  ServiceDatabase database() {
    return database;
  }

  /** A connection of a role of the service; statements are prepared on the server at once. */
  Connection as(DatabaseRole role) throws SQLException {
    PGSimpleDataSource source = source(role);
    source.setPrepareThreshold(1);
    Connection connection = source.getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  /** Runs statements as the superuser, one by one. */
  void execute(String... statements) throws SQLException {
    try (Connection superuser = server.connect(database.name());
        Statement statement = superuser.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** The UUID that PostgreSQL makes of {@code md5(text)}. */
  static UUID md5(String text) {
    try {
      byte[] hash =
          java.security.MessageDigest.getInstance("MD5")
              .digest(text.getBytes(StandardCharsets.UTF_8));
      java.nio.ByteBuffer buffer = java.nio.ByteBuffer.wrap(hash);
      return new UUID(buffer.getLong(), buffer.getLong());
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void migrate() {
    Path root = RunningSystem.root();
    String service = database.name();
    Flyway.configure()
        .dataSource(source(DatabaseRole.OWNER))
        .locations(
            "filesystem:" + root.resolve("platform/src/main/resources/db/platform"),
            "filesystem:" + root.resolve(service + "-service/src/main/resources/db/migration"))
        .placeholders(Map.of("service", service))
        .load()
        .migrate();
  }

  private PGSimpleDataSource source(DatabaseRole role) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {database.host()});
    source.setPortNumbers(new int[] {database.port()});
    source.setDatabaseName(database.name());
    source.setUser(role.of(database.name()));
    source.setPassword(database.password(role));
    source.setSslMode("verify-full");
    source.setSslRootCert(directory.resolve("ca.crt").toString());
    source.setSslCert(own.certificate().toString());
    source.setSslKey(own.keyDer().toString());
    return source;
  }
}
