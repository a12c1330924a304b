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
 * The grades database as it is provisioned and migrated for the service, with a million rows; and
 * the same rows again in {@code grade_plain}, with the same indexes and without row security.
 */
final class GradesAtScale implements AutoCloseable {
  static final int SCHOOLS = 500;
  static final int CLASSES = 80;
  static final int ROWS = 25;

  private static final String SERVICE = "grades";
  private static final String COLUMNS =
      "school_id, class_id, ps_id, subject, qualification, period, kind, scale, grade,"
          + " points_tenths, upload_id";
  private static final String FILL =
      """
      insert into grade (%s)
      select md5('school ' || s)::uuid, md5('class ' || s || ' ' || c)::uuid,
             md5('pupil ' || s || ' ' || c || ' ' || r / 2)::uuid, 'Mathematics', 'GCSE', '2025-P' || r %% 2,
             'historical', '9-1', (r %% 9 + 1)::text, (r %% 9 + 1) * 10, md5('upload ' || s)::uuid
      from generate_series(1, %d) s, generate_series(1, %d) c, generate_series(0, %d) r
      """
          .formatted(COLUMNS, SCHOOLS, CLASSES, ROWS - 1);
  private static final String[] PLAIN = {
    "create table grade_plain (like grade including all)",
    "insert into grade_plain (" + COLUMNS + ") select " + COLUMNS + " from grade",
    "grant select on grade_plain to grades_school, grades_class",
    "vacuum (freeze, analyze) grade",
    "vacuum (freeze, analyze) grade_plain",
    "checkpoint"
  };

  private final Path directory;
  private final EmbeddedServer server;
  private final ServiceDatabase database;
  private final CredentialFiles own;

  private GradesAtScale(
      Path directory, EmbeddedServer server, ServiceDatabase database, CredentialFiles own) {
    this.directory = directory;
    this.server = server;
    this.database = database;
    this.own = own;
  }

  static GradesAtScale start() throws IOException, SQLException {
    Path directory = Files.createTempDirectory("progress-stream-benchmark");
    CertificateAuthority authority =
        CertificateAuthority.loadOrCreate(directory.resolve("authority"), "benchmark");
    Files.writeString(
        directory.resolve("ca.crt"), authority.certificatePem(), StandardCharsets.US_ASCII);
    CredentialFiles own =
        authority.issue(SERVICE, java.time.Duration.ofHours(12)).writeTo(directory, SERVICE);
    EmbeddedServer server =
        EmbeddedServer.start(ServerSettings.forTests(directory.resolve("postgres"), authority));
    GradesAtScale grades =
        new GradesAtScale(
            directory, server, new DatabaseProvisioner(server).provision(SERVICE), own);
    grades.migrate();
    grades.fill();
    return grades;
  }

  static UUID school(int number) {
    return md5("school " + number);
  }

  static UUID schoolClass(int school, int number) {
    return md5("class " + school + " " + number);
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

  @Override
  public void close() throws IOException {
    server.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private void migrate() {
    Path root = RunningSystem.root();
    Flyway.configure()
        .dataSource(source(DatabaseRole.OWNER))
        .locations(
            "filesystem:" + root.resolve("platform/src/main/resources/db/platform"),
            "filesystem:" + root.resolve("grades-service/src/main/resources/db/migration"))
        .placeholders(Map.of("service", SERVICE))
        .load()
        .migrate();
  }

  private void fill() throws SQLException {
    try (Connection superuser = server.connect(SERVICE);
        Statement statement = superuser.createStatement()) {
      statement.execute(FILL);
      for (String sql : PLAIN) {
        statement.execute(sql);
      }
    }
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

  private static UUID md5(String text) {
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
}
