package uk.progressstream.identity.testing;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.http.MockWebServerWrapper;
import no.nav.security.mock.oauth2.http.Ssl;
import no.nav.security.mock.oauth2.http.SslKeystore;
import no.nav.security.mock.oauth2.token.KeyProvider;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;
import uk.progressstream.provisioning.pki.CertificateAuthority;
import uk.progressstream.provisioning.pki.Credential;
import uk.progressstream.provisioning.pki.PeerTls;

/**
 * An OpenID Connect server that plays Google and two Microsoft tenants, each with keys of its own.
 * The private keys lie in the kit's directory, so that a test can sign whatever it likes.
 */
final class TestIssuers {
  private static final String PASSWORD = "test";

  private final MockOAuth2Server server;
  private final FirstVersionIssuer firstVersion;

  private TestIssuers(MockOAuth2Server server, FirstVersionIssuer firstVersion) {
    this.server = server;
    this.firstVersion = firstVersion;
  }

  static TestIssuers start(Path kit) throws IOException {
    KeyProvider keys = new KeyProvider();
    Path directory = Files.createDirectories(kit.resolve("issuers"));
    for (String issuer : Issuers.IDS) {
      Files.writeString(
          directory.resolve(Issuers.fileOf(issuer)), keys.signingKey(issuer).toJSONString());
    }
    MockOAuth2Server server = new MockOAuth2Server(config(keys, keyStore(kit)));
    server.start(InetAddress.getLoopbackAddress(), 0);
    String keysOfFirstVersion = base(server) + "/" + Issuers.TENANT_A_FIRST + "/jwks";
    return new TestIssuers(
        server, FirstVersionIssuer.start(tls(kit), Issuers.TENANT_A, keysOfFirstVersion));
  }

  Map<String, String> configuration() {
    String base = base(server);
    return Map.of(
        "ps.identity.microsoft.first-version-issuer",
        firstVersion.base(),
        "ps.test.issuers",
        base,
        "ps.identity.google.issuer",
        base + "/" + Issuers.GOOGLE,
        "ps.identity.google.jwks",
        base + "/" + Issuers.GOOGLE + "/jwks",
        "ps.identity.google.audience",
        Issuers.AUDIENCE,
        "ps.identity.microsoft.authority",
        base,
        "ps.identity.microsoft.tenants",
        Issuers.TENANT_A + "," + Issuers.TENANT_B,
        "ps.identity.microsoft.audience",
        Issuers.AUDIENCE + "," + Issuers.API);
  }

  void stop() {
    firstVersion.stop();
    server.shutdown();
  }

  private static SSLContext tls(Path kit) throws IOException {
    CertificateAuthority authority =
        CertificateAuthority.loadOrCreate(kit.resolve("authority"), "test");
    try {
      return PeerTls.context(
          authority.certificatePem(), authority.issue("issuers", Duration.ofHours(1)));
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static String base(MockOAuth2Server server) {
    return "https://localhost:" + server.baseUrl().port();
  }

  private static OAuth2Config config(KeyProvider keys, File keyStore) {
    Ssl tls =
        new Ssl(new SslKeystore(PASSWORD, keyStore, SslKeystore.KeyStoreType.PKCS12, PASSWORD));
    return new OAuth2Config(
        false,
        null,
        null,
        false,
        new OAuth2TokenProvider(keys),
        Set.of(),
        new MockWebServerWrapper(tls));
  }

  private static File keyStore(Path kit) throws IOException {
    Credential own =
        CertificateAuthority.loadOrCreate(kit.resolve("authority"), "test")
            .issue("issuers", Duration.ofHours(1));
    Path file = kit.resolve("issuers/tls.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "own", own.key(), PASSWORD.toCharArray(), new Certificate[] {own.certificate()});
      store.store(out, PASSWORD.toCharArray());
      return file.toFile();
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }
}
