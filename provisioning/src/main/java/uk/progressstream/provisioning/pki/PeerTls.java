package uk.progressstream.provisioning.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** TLS for a client written in plain Java. */
public final class PeerTls {
  private static final char[] NO_PASSWORD = new char[0];

  private PeerTls() {}

  /**
   * TLS that trusts one authority and shows one certificate.
   *
   * @param authorityPem the only authority that is trusted
   * @param own what the client shows; null to show nothing
   */
  public static SSLContext context(String authorityPem, @Nullable Credential own)
      throws GeneralSecurityException, IOException {
    KeyStore trusted = emptyStore();
    trusted.setCertificateEntry("ca", Credential.parse(authorityPem));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(keyManagers(own), trust.getTrustManagers(), null);
    return context;
  }

  /** The same from files. */
  public static SSLContext context(Path authority, CredentialFiles own)
      throws GeneralSecurityException, IOException {
    return context(Files.readString(authority), own.read());
  }

  private static KeyManager @Nullable [] keyManagers(@Nullable Credential own)
      throws GeneralSecurityException, IOException {
    if (own == null) {
      return null;
    }
    KeyStore store = emptyStore();
    store.setKeyEntry("own", own.key(), NO_PASSWORD, new Certificate[] {own.certificate()});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, NO_PASSWORD);
    return keys.getKeyManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }
}
