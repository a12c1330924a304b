package uk.progressstream.system.attack;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.progressstream.provisioning.pki.CertificateAuthority;
import uk.progressstream.provisioning.pki.Credential;
import uk.progressstream.provisioning.pki.PeerTls;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.system.running.RunningSystem;
import uk.progressstream.system.running.WholeSystem;

@ExtendWith(WholeSystem.class)
@Proves("D2")
class PortsIT {
  private static final Duration VALIDITY = Duration.ofHours(1);
  private static final String REQUEST =
      "GET /q/nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

  private final RunningSystem system;

  PortsIT(RunningSystem system) {
    this.system = system;
  }

  @ParameterizedTest(name = "{0}: no certificate, a foreign and an expired one are refused")
  @ValueSource(
      strings = {"identity", "ingest", "pseudonym", "grades", "sensitive", "audit", "breach"})
  void aServicePortWantsACertificateOfOurs(String service) throws Exception {
    int port = system.service(service).getInteger("port");

    for (Credential wrong : wrongCredentials("gateway").toList()) {
      assertThatThrownBy(() -> talk(port, wrong, "TLSv1.3")).isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> talk(port, null, "TLSv1.3")).isInstanceOf(IOException.class);
    assertThatCode(() -> talk(port, genuine("gateway"), "TLSv1.3")).doesNotThrowAnyException();
  }

  @ParameterizedTest(name = "{0}: TLS 1.2 is refused, even with a genuine certificate")
  @ValueSource(
      strings = {"identity", "ingest", "pseudonym", "grades", "sensitive", "audit", "breach"})
  void olderTlsIsRefused(String service) {
    int port = system.service(service).getInteger("port");

    assertThatThrownBy(() -> talk(port, genuine("gateway"), "TLSv1.2"))
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest(name = "{0}: plain HTTP gets no answer")
  @ValueSource(
      strings = {"identity", "ingest", "pseudonym", "grades", "sensitive", "audit", "breach"})
  @DisplayName("plain HTTP")
  void plainHttpIsNoProtocolHere(String service) throws IOException {
    int port = system.service(service).getInteger("port");
    try (java.net.Socket socket = new java.net.Socket("localhost", port)) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(5);
      org.assertj.core.api.Assertions.assertThat(new String(answer, StandardCharsets.US_ASCII))
          .isNotEqualTo("HTTP/");
    } catch (java.net.SocketException closed) {
      org.assertj.core.api.Assertions.assertThat(closed).isNotNull();
    }
  }

  private Stream<Credential> wrongCredentials(String name) throws IOException {
    return Stream.of(
        CertificateAuthority.create("foreign").issue(name, VALIDITY),
        authority().issueExpired(name));
  }

  private Credential genuine(String name) throws IOException {
    return authority().issue(name, VALIDITY);
  }

  private CertificateAuthority authority() throws IOException {
    return CertificateAuthority.loadOrCreate(system.directory().resolve("authority"), "unused");
  }

  private void talk(int port, @Nullable Credential own, String protocol)
      throws IOException, GeneralSecurityException {
    String authority = Files.readString(Path.of(system.run().json().getString("caFile")));
    SSLContext tls = PeerTls.context(authority, own);
    try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket("localhost", port)) {
      socket.setSoTimeout(10_000);
      socket.setEnabledProtocols(new String[] {protocol});
      socket.startHandshake();
      OutputStream out = socket.getOutputStream();
      out.write(REQUEST.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      // With TLS 1.3 the server's refusal arrives with the first byte that is read.
      if (socket.getInputStream().read() < 0) {
        throw new IOException("closed without an answer");
      }
    }
  }
}
