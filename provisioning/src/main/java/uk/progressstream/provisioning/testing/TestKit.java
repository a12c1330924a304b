package uk.progressstream.provisioning.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.eclipse.microprofile.config.ConfigProvider;
import uk.progressstream.provisioning.database.SealKey;
import uk.progressstream.provisioning.pki.CertificateAuthority;
import uk.progressstream.provisioning.pki.Credential;
import uk.progressstream.provisioning.pki.CredentialFiles;
import uk.progressstream.provisioning.pki.PeerTls;
import uk.progressstream.provisioning.postgres.Superuser;

/**
 * What {@link ServiceTestResource} set up, for the tests of the service: the database as its
 * superuser sees it, certificates, and tokens. It travels by a file, since Quarkus loads tests and
 * resources with different class loaders.
 */
public final class TestKit {
  static final String PROPERTY = "ps.test.kit";

  private static final Duration VALIDITY = Duration.ofHours(12);

  private final Path directory;
  private final Properties properties;

  private TestKit(Path directory, Properties properties) {
    this.directory = directory;
    this.properties = properties;
  }

  /** The kit of the running Quarkus test. */
  public static TestKit current() {
    return in(Path.of(ConfigProvider.getConfig().getValue(PROPERTY, String.class)));
  }

  static TestKit in(Path directory) {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(directory.resolve("kit.properties"))) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TestKit(directory, properties);
  }

  /** Name of the service under test. */
  public String service() {
    return value("service");
  }

  /** Connects to the service's database as the superuser, who sees through row security. */
  public Connection superuser() throws SQLException {
    Superuser superuser = new Superuser(directory.resolve("postgres/superuser"));
    return superuser.connect(Integer.parseInt(value("database.port")), service());
  }

  /** Tokens and scopes of any content, genuine and forged. */
  public Tokens tokens() {
    return tokensSealedBy(sealKey());
  }

  /** The same under another seal key. */
  public Tokens tokensSealedBy(SealKey key) {
    return new Tokens(service(), value("issuer"), keys(), Tokens.KEY_ID, key);
  }

  /** The same with another signing key, see {@link #makeSigningKey}. */
  public Tokens tokensSignedBy(String keyId) {
    return new Tokens(service(), value("issuer"), keys(), keyId, sealKey());
  }

  /** A new signing key that is in no key set yet. */
  public void makeSigningKey(String keyId) {
    keys().make(keyId);
  }

  /** From now on identity's key set has this key. */
  public void publishSigningKey(String keyId) {
    keys().publish(keyId);
  }

  /** From now on identity's key set lacks this key. */
  public void withdrawSigningKey(String keyId) {
    keys().withdraw(keyId);
  }

  /**
   * TLS with the certificate of a peer, such as {@code gateway} or {@code ingest}.
   *
   * @param peer any common name; a certificate is issued for it on the spot
   */
  public SSLContext tlsOf(String peer) {
    return tls(authority().issue(peer, VALIDITY));
  }

  /** TLS with a certificate of this peer that has run out. */
  public SSLContext expiredTlsOf(String peer) {
    return tls(authority().issueExpired(peer));
  }

  /** TLS with a certificate of this peer from an authority of somebody else's. */
  public SSLContext foreignTlsOf(String peer) {
    return tls(CertificateAuthority.create("foreign").issue(peer, VALIDITY));
  }

  /** TLS that shows no certificate. */
  public SSLContext tlsOfNobody() {
    try {
      return PeerTls.context(authority().certificatePem(), null);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** From now on identity says that this lease of this account is live. */
  public void leaseLives(UUID lease, UUID account) {
    append(AccessPeer.LEASES, lease + " " + account);
  }

  /** From now on identity says that this lease is not live. */
  public void leaseEnds(UUID lease, UUID account) {
    try {
      Path leases = directory.resolve(AccessPeer.LEASES);
      Path changed = leases.resolveSibling("leases.new");
      Files.write(
          changed,
          Files.readAllLines(leases).stream()
              .filter(line -> !line.equals(lease + " " + account))
              .toList());
      Files.move(changed, leases, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on identity says that this account's tokens of until now count no longer. */
  public void revoke(UUID account) {
    append(AccessPeer.REVOCATIONS, account + "  " + Instant.now().toEpochMilli());
  }

  /** From now on identity says that this one token counts no longer. */
  public void revokeToken(UUID account, UUID token) {
    append(AccessPeer.REVOCATIONS, account + " " + token + " " + Instant.now().toEpochMilli());
  }

  /** Whether identity answers what became of access; it does at first. */
  public void identityAnswers(boolean answers) {
    try {
      if (answers) {
        Files.deleteIfExists(directory.resolve(AccessPeer.SILENT));
      } else {
        append(AccessPeer.SILENT, "");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For each time that identity was asked for its keys, how many questions were under way. */
  public List<Integer> questionsForKeys() {
    return new Questions(directory, Questions.KEYS).all();
  }

  /** Whether identity holds back its answers about keys; it does not at first. */
  public void holdKeys(boolean held) {
    new Questions(directory, Questions.KEYS).hold(held);
  }

  /** For each time that identity was asked what was taken back, how many were under way. */
  public List<Integer> questionsForRevocations() {
    return new Questions(directory, Questions.REVOCATIONS).all();
  }

  /** Whether identity holds back its answers about what was taken back. */
  public void holdRevocations(boolean held) {
    new Questions(directory, Questions.REVOCATIONS).hold(held);
  }

  /** Writes the certificate and key of a peer, for clients that want files. */
  public CredentialFiles filesOf(String peer) {
    try {
      return authority().issue(peer, VALIDITY).writeTo(directory.resolve("peers"), peer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The authority's certificate, PEM. */
  public Path authorityFile() {
    return directory.resolve("tls/ca.crt");
  }

  /** A directory that the test may write to and that is gone afterwards. */
  public Path directory() {
    return directory;
  }

  private KeySet keys() {
    return new KeySet(directory);
  }

  SealKey sealKey() {
    return new SealKey(
        Integer.parseInt(value("seal.id")), HexFormat.of().parseHex(value("seal.secret")));
  }

  private void append(String file, String line) {
    try {
      Files.createDirectories(directory.resolve(file).getParent());
      Files.writeString(
          directory.resolve(file),
          line + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SSLContext tls(Credential credential) {
    try {
      return PeerTls.context(authority().certificatePem(), credential);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private CertificateAuthority authority() {
    try {
      return CertificateAuthority.loadOrCreate(directory.resolve("authority"), "test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String value(String key) {
    String value = properties.getProperty(key);
    if (value == null) {
      throw new IllegalStateException("the kit has no " + key);
    }
    return value;
  }
}
