package uk.progressstream.transport.signature;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import uk.progressstream.contracts.events.Event;
import uk.progressstream.contracts.events.SignedEvent;

/**
 * Proves who wrote an event: its certificate must be one that would let its holder in as a TLS
 * client, its name one of the sources, the signature genuine, and the event's own word the same.
 */
public final class EventVerifier {
  private static final int CHAIN_MAX = 4;
  private static final int CERTIFICATE_BYTES_MAX = 8_192;
  private static final int REMEMBERED_MAX = 64;

  private final X509TrustManager authority;
  private final Set<String> sources;
  private final Map<List<ByteString>, X509Certificate> remembered =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<ByteString>, X509Certificate> eldest) {
          return size() > REMEMBERED_MAX;
        }
      };

  private EventVerifier(X509TrustManager authority, Set<String> sources) {
    this.authority = authority;
    this.sources = sources;
  }

  /**
   * Trusts one authority for some names.
   *
   * @param authority PEM
   * @param sources names whose events are taken; a certificate of another name proves nothing
   */
  public static EventVerifier of(Path authority, Set<String> sources) {
    try (InputStream pem = Files.newInputStream(authority)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, new char[0]);
      int number = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        store.setCertificateEntry("ca" + number++, each);
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      return new EventVerifier((X509TrustManager) factory.getTrustManagers()[0], sources);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the authority's certificate cannot be used", e);
    }
  }

  /**
   * Opens a message.
   *
   * @throws UnprovenEventException whatever is wrong with it
   */
  public VerifiedEvent open(ByteString message) throws UnprovenEventException {
    try {
      SignedEvent signed = SignedEvent.parseFrom(message);
      X509Certificate certificate = certificate(signed.getCertificatesList());
      String source = source(certificate);
      if (!isGenuine(signed, certificate)) {
        throw new UnprovenEventException("bad-signature");
      }
      Event event = Event.parseFrom(signed.getEvent());
      if (!event.getSource().equals(source)) {
        throw new UnprovenEventException("other-source");
      }
      return new VerifiedEvent(source, event);
    } catch (InvalidProtocolBufferException e) {
      throw new UnprovenEventException("no-message");
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new UnprovenEventException("bad-certificate");
    }
  }

  private static boolean isGenuine(SignedEvent signed, X509Certificate certificate)
      throws GeneralSecurityException {
    Signature signature =
        Signature.getInstance(SignedBytes.algorithm(certificate.getPublicKey().getAlgorithm()));
    signature.initVerify(certificate);
    try {
      SignedBytes.feed(signature, signed.getEvent());
      return signature.verify(signed.getSignature().toByteArray());
    } catch (java.security.SignatureException e) {
      return false;
    }
  }

  /** Paths are checked once a certificate; whether it has run out, each time. */
  private synchronized X509Certificate certificate(List<ByteString> chain)
      throws GeneralSecurityException {
    X509Certificate known = remembered.get(chain);
    if (known == null) {
      known = checked(chain);
      remembered.put(List.copyOf(chain), known);
    }
    known.checkValidity();
    return known;
  }

  private X509Certificate checked(List<ByteString> chain) throws GeneralSecurityException {
    if (chain.isEmpty()
        || chain.size() > CHAIN_MAX
        || chain.stream().anyMatch(each -> each.size() > CERTIFICATE_BYTES_MAX)) {
      throw new CertificateException("no chain");
    }
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    X509Certificate[] certificates = new X509Certificate[chain.size()];
    for (int i = 0; i < certificates.length; i++) {
      certificates[i] = (X509Certificate) factory.generateCertificate(chain.get(i).newInput());
    }
    authority.checkClientTrusted(certificates, certificates[0].getPublicKey().getAlgorithm());
    return certificates[0];
  }

  private String source(X509Certificate certificate) throws UnprovenEventException {
    try {
      String name =
          new LdapName(certificate.getSubjectX500Principal().getName())
              .getRdns().stream()
                  .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                  .map(rdn -> rdn.getValue().toString())
                  .findFirst()
                  .orElse("");
      if (!sources.contains(name)) {
        throw new UnprovenEventException("unknown-source");
      }
      return name;
    } catch (InvalidNameException e) {
      throw new UnprovenEventException("unknown-source");
    }
  }
}
