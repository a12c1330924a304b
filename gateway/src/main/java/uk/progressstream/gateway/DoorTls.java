package uk.progressstream.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import nl.altindag.ssl.util.KeyManagerUtils;
import nl.altindag.ssl.util.TrustManagerUtils;

/**
 * Certificates of both sides, which can be replaced at any time: connections from then on are made
 * with the new ones. They are swapped below the TLS contexts, which stay, since Vert.x 4 closes
 * every connection that comes in while it makes a context anew.
 */
final class DoorTls {
  /** How a key of each kind signs. */
  private static final Map<String, String> SIGNATURES =
      Map.of("EC", "SHA256withECDSA", "RSA", "SHA256withRSA", "EdDSA", "Ed25519");

  private final Vertx vertx;
  private final X509ExtendedKeyManager shown;
  private final X509ExtendedKeyManager own;
  private final X509ExtendedTrustManager services;

  /**
   * Certificates as files hold them.
   *
   * @param shown what people see
   * @param own what the services know us by
   * @param services who signs the services
   */
  record Files(KeyCertOptions shown, KeyCertOptions own, KeyStore services) {}

  /**
   * With the certificates to begin with.
   *
   * @throws GeneralSecurityException if they cannot be used
   */
  DoorTls(Vertx vertx, Files files) throws GeneralSecurityException {
    this.vertx = vertx;
    this.shown = KeyManagerUtils.createSwappableKeyManager(keys(files.shown()));
    this.own = KeyManagerUtils.createSwappableKeyManager(keys(files.own()));
    this.services = TrustManagerUtils.createSwappableTrustManager(trust(files.services()));
  }

  KeyCertOptions shown() {
    return KeyCertOptions.wrap(shown);
  }

  KeyCertOptions own() {
    return KeyCertOptions.wrap(own);
  }

  TrustOptions services() {
    return TrustOptions.wrap(services);
  }

  /**
   * Takes another certificate that people see.
   *
   * @return whether it differs from the former one
   * @throws GeneralSecurityException if it cannot be used; then the former one stays
   */
  boolean showFromNowOn(KeyCertOptions next) throws GeneralSecurityException {
    List<X509Certificate> before = chains(shown);
    X509ExtendedKeyManager keys = keys(next);
    requireValid(keys);
    KeyManagerUtils.swapKeyManager(shown, keys);
    return !chains(shown).equals(before);
  }

  /**
   * Takes another certificate for the services, and the authority of theirs; or neither.
   *
   * @return whether they differ from the former ones
   * @throws GeneralSecurityException if one cannot be used; then the former ones stay
   */
  boolean callFromNowOn(KeyCertOptions next, KeyStore authority) throws GeneralSecurityException {
    List<X509Certificate> before = inside();
    X509ExtendedKeyManager keys = keys(next);
    X509ExtendedTrustManager trusted = trust(authority);
    requireValid(keys);
    KeyManagerUtils.swapKeyManager(own, keys);
    TrustManagerUtils.swapTrustManager(services, trusted);
    return !inside().equals(before);
  }

  private List<X509Certificate> inside() {
    List<X509Certificate> all = new ArrayList<>(List.of(services.getAcceptedIssuers()));
    all.addAll(chains(own));
    return all;
  }

  /** Nobody accepts one that is over; the former one may be better. */
  private static void requireValid(X509ExtendedKeyManager keys) throws GeneralSecurityException {
    chains(keys).get(0).checkValidity();
  }

  private static List<X509Certificate> chains(X509ExtendedKeyManager keys) {
    List<X509Certificate> all = new ArrayList<>();
    for (String kind : SIGNATURES.keySet()) {
      String[] aliases = keys.getServerAliases(kind, null);
      for (String alias : aliases == null ? new String[0] : aliases) {
        all.addAll(List.of(keys.getCertificateChain(alias)));
      }
    }
    return all;
  }

  private X509ExtendedKeyManager keys(KeyCertOptions options) throws GeneralSecurityException {
    try {
      X509ExtendedKeyManager keys =
          only(X509ExtendedKeyManager.class, options.getKeyManagerFactory(vertx).getKeyManagers());
      requirePairs(keys);
      return keys;
    } catch (Exception e) { // What the interface declares.
      throw new GeneralSecurityException("the certificate cannot be used", e);
    }
  }

  /** While somebody replaces two files one after the other, a key meets another's certificate. */
  private static void requirePairs(X509ExtendedKeyManager keys) throws GeneralSecurityException {
    int found = 0;
    for (Map.Entry<String, String> kind : SIGNATURES.entrySet()) {
      String[] aliases = keys.getServerAliases(kind.getKey(), null);
      for (String alias : aliases == null ? new String[0] : aliases) {
        Signature signature = Signature.getInstance(kind.getValue());
        signature.initSign(keys.getPrivateKey(alias));
        byte[] signed = signature.sign();
        signature.initVerify(keys.getCertificateChain(alias)[0].getPublicKey());
        if (!signature.verify(signed)) {
          throw new GeneralSecurityException("the key is not that of the certificate");
        }
        found++;
      }
    }
    if (found == 0) {
      throw new GeneralSecurityException("no key of a kind that is known");
    }
  }

  /** One that knows the connection, or nobody would look whose certificate it is. */
  private static X509ExtendedTrustManager trust(KeyStore services) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(services);
    return only(X509ExtendedTrustManager.class, factory.getTrustManagers());
  }

  private static <T> T only(Class<T> type, Object... managers) {
    return Arrays.stream(managers)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }
}
