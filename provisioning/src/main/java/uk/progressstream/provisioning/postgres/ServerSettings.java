package uk.progressstream.provisioning.postgres;

import java.nio.file.Path;
import uk.progressstream.provisioning.pki.CertificateAuthority;

/**
 * How an embedded server is to run.
 *
 * @param directory holds its data, certificates and log; kept where it exists
 * @param authority signs its certificate and is the only one that it trusts
 * @param port on 127.0.0.1; 0 for a free one
 * @param durable whether a commit survives a power cut; off only for tests
 * @param stopOnExit whether the end of this JVM stops the server; off where somebody else keeps the
 *     order of stopping
 */
public record ServerSettings(
    Path directory, CertificateAuthority authority, int port, boolean durable, boolean stopOnExit) {

  /** Makes the directory absolute: the server has another working directory than we. */
  public ServerSettings {
    directory = directory.toAbsolutePath().normalize();
  }

  /** For tests: on a free port, fast, gone with the JVM. */
  public static ServerSettings forTests(Path directory, CertificateAuthority authority) {
    return new ServerSettings(directory, authority, 0, false, true);
  }

  Path data() {
    return directory.resolve("data");
  }

  Path tls() {
    return directory.resolve("tls");
  }

  Path superuser() {
    return directory.resolve("superuser");
  }

  /** The server's own messages; no statement, parameter or row value is in it. */
  public Path log() {
    return directory.resolve("postgres.log");
  }
}
