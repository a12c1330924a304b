package uk.progressstream.local.issuer;

import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.http.MockWebServerWrapper;
import no.nav.security.mock.oauth2.http.Ssl;
import no.nav.security.mock.oauth2.http.SslKeystore;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;
import no.nav.security.mock.oauth2.token.RequestMapping;
import no.nav.security.mock.oauth2.token.RequestMappingTokenCallback;
import uk.progressstream.local.installation.IssuerPorts;
import uk.progressstream.provisioning.pki.Credential;

/**
 * The two issuers, over TLS. A client id that is a sample account's name gets that account's ID
 * token at the token endpoint; the login page gives any other to whoever types its claims. They
 * stand for Google and Microsoft on this machine alone, and identity trusts them only because its
 * configuration here says so.
 */
public final class LocalIssuers implements AutoCloseable {
  private static final String GOOGLE = "google";
  private static final String MICROSOFT = SampleAccount.TENANT + "/v2.0";
  private static final Duration TOKEN_LIFETIME = Duration.ofHours(1);
  private static final String JSON_WEB_TOKEN = "JWT";

  private final MockOAuth2Server google;
  private final MockOAuth2Server microsoft;

  private LocalIssuers(MockOAuth2Server google, MockOAuth2Server microsoft) {
    this.google = google;
    this.microsoft = microsoft;
  }

  /** Starts both. */
  public static LocalIssuers start(IssuerPorts ports, Credential tls)
      throws GeneralSecurityException, IOException {
    Logger.getLogger("okhttp3").setLevel(Level.OFF);
    LocalIssuers issuers =
        new LocalIssuers(
            server(GOOGLE, IssuerKind.GOOGLE, tls), server(MICROSOFT, IssuerKind.MICROSOFT, tls));
    InetAddress here = InetAddress.getByName("localhost");
    issuers.google.start(here, ports.google());
    issuers.microsoft.start(here, ports.microsoft());
    return issuers;
  }

  /** Where they will be on these ports. */
  public static IssuerAddresses addresses(IssuerPorts ports) {
    return new IssuerAddresses(
        "https://localhost:" + ports.google() + "/" + GOOGLE,
        "https://localhost:" + ports.microsoft());
  }

  @Override
  public void close() {
    google.shutdown();
    microsoft.shutdown();
  }

  private static MockOAuth2Server server(String issuerId, IssuerKind kind, Credential tls)
      throws GeneralSecurityException, IOException {
    List<RequestMapping> accounts =
        Arrays.stream(SampleAccount.values())
            .filter(account -> account.issuer() == kind)
            .map(
                account ->
                    new RequestMapping(
                        "client_id", account.label(), account.claims(), JSON_WEB_TOKEN))
            .toList();
    return new MockOAuth2Server(
        new OAuth2Config(
            true,
            null,
            null,
            false,
            new OAuth2TokenProvider(),
            Set.of(new RequestMappingTokenCallback(issuerId, accounts, TOKEN_LIFETIME.toSeconds())),
            new MockWebServerWrapper(new Ssl(new SslKeystore("", keyStore(tls))))));
  }

  private static KeyStore keyStore(Credential tls) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, new char[0]);
    store.setKeyEntry("own", tls.key(), new char[0], new Certificate[] {tls.certificate()});
    return store;
  }
}
