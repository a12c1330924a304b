package uk.progressstream.provisioning.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;

/**
 * A certificate and its private key.
 *
 * @param certificatePem X.509
 * @param keyPem PKCS#8, EC on P-256, not encrypted
 */
public record Credential(String certificatePem, String keyPem) {

  /**
   * Writes {@code <name>.crt}, and for the owner alone {@code <name>.key} (PEM) and {@code
   * <name>.pk8} (the same key as DER, which the PostgreSQL JDBC driver asks for).
   */
  public CredentialFiles writeTo(Path directory, String name) throws IOException {
    CredentialFiles files = CredentialFiles.in(directory, name);
    PrivateFiles.createDirectory(directory);
    PrivateFiles.write(files.certificate(), certificatePem.getBytes(StandardCharsets.US_ASCII));
    PrivateFiles.write(files.key(), keyPem.getBytes(StandardCharsets.US_ASCII));
    PrivateFiles.write(files.keyDer(), Pem.read(keyPem));
    return files;
  }

  /** The certificate, parsed. */
  public X509Certificate certificate() throws GeneralSecurityException {
    return parse(certificatePem);
  }

  /** The private key, parsed. */
  public PrivateKey key() throws GeneralSecurityException {
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(Pem.read(keyPem)));
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "Credential[" + certificatePem.hashCode() + "]";
  }

  static X509Certificate parse(String pem) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Pem.read(pem)));
  }
}
