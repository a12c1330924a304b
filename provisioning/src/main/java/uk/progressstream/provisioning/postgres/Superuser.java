package uk.progressstream.provisioning.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.Properties;
import org.postgresql.Driver;
import uk.progressstream.provisioning.pki.CertificateAuthority;
import uk.progressstream.provisioning.pki.CredentialFiles;
import uk.progressstream.provisioning.pki.PrivateFiles;

/**
 * The database superuser. It needs its random password and a certificate in its own name, both in a
 * directory that only the owner of the installation can read; no service is given either.
 *
 * @param directory where they lie
 */
public record Superuser(Path directory) {
  static final String NAME = "provisioner";

  private static final Duration VALIDITY = Duration.ofDays(30);
  private static final int PASSWORD_BYTES = 32;
  private static final int CONNECT_TIMEOUT_SECONDS = 10;

  /** Keeps the password of an earlier run; the certificate is new each time. */
  static Superuser prepare(Path directory, CertificateAuthority authority) throws IOException {
    Superuser superuser = new Superuser(directory);
    authority.issue(NAME, VALIDITY).writeTo(directory, NAME);
    PrivateFiles.write(
        directory.resolve("ca.crt"),
        authority.certificatePem().getBytes(StandardCharsets.US_ASCII));
    if (Files.notExists(superuser.passwordFile())) {
      PrivateFiles.write(
          superuser.passwordFile(), randomPassword().getBytes(StandardCharsets.US_ASCII));
    }
    return superuser;
  }

  /** 256 random bits as text. */
  public static String randomPassword() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  Path passwordFile() {
    return directory.resolve("password");
  }

  /** Connects to a database of the server on this port of 127.0.0.1. */
  public Connection connect(int port, String database) throws SQLException {
    return connect(port, database, "extended");
  }

  /**
   * Connects for scripts of many statements, which the extended protocol does not take; not for
   * statements with parameters, which would turn into text.
   */
  public Connection connectForScripts(int port, String database) throws SQLException {
    return connect(port, database, "simple");
  }

  private Connection connect(int port, String database, String queryMode) throws SQLException {
    CredentialFiles files = CredentialFiles.in(directory, NAME);
    Properties properties = new Properties();
    properties.setProperty("user", NAME);
    properties.setProperty("password", password());
    properties.setProperty("sslmode", "verify-full");
    properties.setProperty("sslrootcert", directory.resolve("ca.crt").toString());
    properties.setProperty("sslcert", files.certificate().toString());
    properties.setProperty("sslkey", files.keyDer().toString());
    properties.setProperty("preferQueryMode", queryMode);
    properties.setProperty("connectTimeout", Integer.toString(CONNECT_TIMEOUT_SECONDS));
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    Connection connection = new Driver().connect(url, properties);
    if (connection == null) {
      throw new SQLException("not a PostgreSQL address");
    }
    return connection;
  }

  private String password() throws SQLException {
    try {
      return Files.readString(passwordFile());
    } catch (IOException e) {
      throw new SQLException("the superuser's password is not readable", e);
    }
  }
}
