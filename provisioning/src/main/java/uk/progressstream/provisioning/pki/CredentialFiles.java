package uk.progressstream.provisioning.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a credential lies on disk.
 *
 * @param certificate X.509, PEM
 * @param key PKCS#8, PEM, mode 0600
 * @param keyDer PKCS#8, DER, mode 0600
 */
public record CredentialFiles(Path certificate, Path key, Path keyDer) {

  /** The files of this name in a directory, whether they exist or not. */
  public static CredentialFiles in(Path directory, String name) {
    return new CredentialFiles(
        directory.resolve(name + ".crt"),
        directory.resolve(name + ".key"),
        directory.resolve(name + ".pk8"));
  }

  /** Whether both halves are there. */
  public boolean exist() {
    return Files.isReadable(certificate) && Files.isReadable(key);
  }

  /** Reads them back. */
  public Credential read() throws IOException {
    return new Credential(Files.readString(certificate), Files.readString(key));
  }
}
