package uk.progressstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.progressstream.gateway.CertificateRenewal.Found;

class CertificatesTest {
  private static final int REPLACEMENTS = 20;

  @TempDir Path directory;

  @Test
  @DisplayName("a connection shows the certificate that was there when it was made")
  void shown() throws Exception {
    try (GatewayUnderTest gateway = GatewayUnderTest.start(directory);
        SSLSocket early = gateway.connectAnew()) {
      BigInteger former = serial(early);
      assertThat(serialOfNew(gateway)).isEqualTo(former);

      gateway.replaceCertificates(directory, true);

      assertThat(serialOfNew(gateway)).isNotEqualTo(former);
      assertThat(serial(early)).isEqualTo(former);
      assertThat(gateway.get("/grades/v1/grades").statusCode()).isEqualTo(200);
    }
  }

  @Test
  @DisplayName("a certificate without its key is not taken, and the former one stays")
  void half() throws Exception {
    try (GatewayUnderTest gateway = GatewayUnderTest.start(directory)) {
      BigInteger former = serialOfNew(gateway);

      assertThatThrownBy(() -> gateway.replaceHalf(directory))
          .isInstanceOf(GeneralSecurityException.class);

      assertThat(serialOfNew(gateway)).isEqualTo(former);
    }
  }

  @Test
  @DisplayName("an expired certificate is not taken, and the former one stays")
  void expired() throws Exception {
    try (GatewayUnderTest gateway = GatewayUnderTest.start(directory)) {
      BigInteger former = serialOfNew(gateway);

      assertThatThrownBy(() -> gateway.showExpired(directory))
          .isInstanceOf(CertificateException.class);
      assertThatThrownBy(() -> gateway.callWithExpired(directory))
          .isInstanceOf(CertificateException.class);

      assertThat(serialOfNew(gateway)).isEqualTo(former);
      assertThat(gateway.get("/grades/v1/grades").statusCode()).isEqualTo(200);
    }
  }

  @Test
  @DisplayName("files that cannot be read are told of once, and again once they can be")
  void unreadable() throws Exception {
    try (GatewayUnderTest gateway = GatewayUnderTest.start(directory)) {
      AtomicBoolean broken = new AtomicBoolean();
      CertificateRenewal renewal = gateway.renewal(broken);
      assertThat(renewal.look()).isEqualTo(Found.NOTHING_NEW);

      broken.set(true);
      assertThat(renewal.look()).isEqualTo(Found.UNUSABLE);
      assertThat(renewal.look()).isEqualTo(Found.STILL_UNUSABLE);
      assertThat(renewal.hasFailed()).isTrue();

      broken.set(false);
      assertThat(renewal.look()).isEqualTo(Found.USABLE_AGAIN);
      assertThat(renewal.look()).isEqualTo(Found.NOTHING_NEW);
      assertThat(renewal.hasFailed()).isFalse();

      gateway.prepareCertificates(directory);
      assertThat(renewal.look()).isEqualTo(Found.RENEWED);
      assertThat(renewal.look()).isEqualTo(Found.NOTHING_NEW);
    }
  }

  @Test
  @DisplayName("files that were written again without a change are no news")
  void same() throws Exception {
    try (GatewayUnderTest gateway = GatewayUnderTest.start(directory)) {
      assertThat(gateway.replaceCertificates(directory, true)).isTrue();
      assertThat(gateway.readCertificatesAgain()).isFalse();
    }
  }

  @Test
  @DisplayName("nobody who comes while certificates are replaced is turned away")
  void meanwhile() throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    AtomicBoolean done = new AtomicBoolean();
    try (GatewayUnderTest gateway = GatewayUnderTest.start(directory)) {
      CompletableFuture<Integer> came =
          CompletableFuture.supplyAsync(() -> comeUntil(gateway, done), other);
      for (int i = 0; i < REPLACEMENTS; i++) {
        gateway.replaceCertificates(directory, true);
      }
      done.set(true);

      assertThat(came.get()).isPositive();
    } finally {
      other.shutdownNow();
    }
  }

  @Test
  @DisplayName("the services are asked with the certificate that is there now")
  void own() throws Exception {
    try (GatewayUnderTest gateway = GatewayUnderTest.start(directory)) {
      gateway.replaceCertificates(directory, false);
      assertThat(gateway.get("/grades/v1/grades").statusCode()).isEqualTo(503);

      gateway.replaceCertificates(directory, true);
      assertThat(gateway.get("/grades/v1/grades").statusCode()).isEqualTo(200);
    }
  }

  @Test
  @DisplayName("A client of TLS 1.2 shakes hands once on a connection")
  void once() throws Exception {
    try (GatewayUnderTest gateway = GatewayUnderTest.start(directory);
        SSLSocket socket = gateway.socket()) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.startHandshake();

      assertThatThrownBy(
              () -> {
                socket.startHandshake();
                socket.getInputStream().read();
              })
          .isInstanceOf(SSLException.class);
    }
  }

  @Test
  @DisplayName("A browser is told to come by TLS alone, where that is configured")
  void strictTransport() throws Exception {
    try (GatewayUnderTest gateway =
        GatewayUnderTest.start(directory, Map.of("ps.gateway.hsts-seconds", "31536000"))) {
      for (String path : List.of("/grades/v1/grades", "/nothing")) {
        assertThat(gateway.get(path).headers().firstValue("Strict-Transport-Security"))
            .contains("max-age=31536000");
      }
      assertThat(gateway.raw("NO REQUEST\r\n\r\n"))
          .contains(
              " 400 ",
              "Strict-Transport-Security: max-age=31536000",
              "X-Content-Type-Options: nosniff");
    }
  }

  private static int comeUntil(GatewayUnderTest gateway, AtomicBoolean done) {
    int came = 0;
    do {
      serialOfNew(gateway);
      came++;
    } while (!done.get());
    return came;
  }

  private static BigInteger serialOfNew(GatewayUnderTest gateway) {
    try (SSLSocket socket = gateway.connectAnew()) {
      return serial(socket);
    } catch (Exception e) {
      throw new AssertionError("turned away", e);
    }
  }

  private static BigInteger serial(SSLSocket socket) throws Exception {
    X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
    return shown.getSerialNumber();
  }
}
