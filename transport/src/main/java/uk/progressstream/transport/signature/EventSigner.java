package uk.progressstream.transport.signature;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import uk.progressstream.contracts.events.Event;
import uk.progressstream.contracts.events.SignedEvent;

/** Signs events with the key of the service's own TLS certificate. */
public final class EventSigner {
  private final PrivateKey key;
  private final List<ByteString> certificates;

  private EventSigner(PrivateKey key, List<ByteString> certificates) {
    this.key = key;
    this.certificates = certificates;
  }

  /**
   * Reads certificate and key.
   *
   * @param certificate PEM; its own first, then those between it and the authority
   * @param keyDer PKCS#8, DER, EC or RSA
   * @throws IllegalStateException if they are not what they should be
   */
  public static EventSigner of(Path certificate, Path keyDer) {
    try (InputStream pem = Files.newInputStream(certificate)) {
      List<ByteString> chain = new ArrayList<>();
      String algorithm = "";
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        algorithm = chain.isEmpty() ? each.getPublicKey().getAlgorithm() : algorithm;
        chain.add(ByteString.copyFrom(each.getEncoded()));
      }
      PrivateKey key =
          KeyFactory.getInstance(algorithm)
              .generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(keyDer)));
      return new EventSigner(key, List.copyOf(chain));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("certificate or key cannot be used to sign", e);
    }
  }

  /** Signs an event as it is. */
  public SignedEvent sign(Event event) {
    ByteString bytes = event.toByteString();
    try {
      Signature signature = Signature.getInstance(SignedBytes.algorithm(key.getAlgorithm()));
      signature.initSign(key);
      SignedBytes.feed(signature, bytes);
      return SignedEvent.newBuilder()
          .setEvent(bytes)
          .addAllCertificates(certificates)
          .setSignature(ByteString.copyFrom(signature.sign()))
          .build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an event cannot be signed", e);
    }
  }
}
