package uk.progressstream.system.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import uk.progressstream.provisioning.pki.Credential;
import uk.progressstream.provisioning.pki.PeerTls;
import uk.progressstream.system.running.RunningSystem;

/** A way in: the gateway as people have it, or a service's own port as the gateway has it. */
public enum Door {
  /** Shows no certificate. */
  GATEWAY,
  /** Shows the gateway's certificate. */
  STRAIGHT;

  private static final int READ_MS_MAX = 20_000;

  /** A new connection that leads to a service. */
  public Wire open(RunningSystem system, String service) {
    try {
      SSLSocket socket =
          (SSLSocket)
              tls(system).getSocketFactory().createSocket("localhost", port(system, service));
      socket.setSoTimeout(READ_MS_MAX);
      socket.startHandshake();
      return new Wire(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Whether a refusal must be a problem. A service's HTTP server refuses what is no request target
   * before any code of ours is asked, and the gateway lets none through.
   */
  boolean explains(Reply refusal) {
    return this == GATEWAY
        || refusal.body().length > 0
        || !List.of(400, 414).contains(refusal.status());
  }

  /** What HTTP/1.0 is answered where the version of today is answered with this. */
  int oldStatus(Reply today) {
    // The gateway gives it nothing that would look whole when it was cut.
    return this == GATEWAY && today.header("Content-Length").isEmpty() ? 505 : 200;
  }

  private int port(RunningSystem system, String service) {
    return this == GATEWAY
        ? URI.create(system.run().gateway()).getPort()
        : system.service(service).getInteger("port");
  }

  private SSLContext tls(RunningSystem system) throws IOException, GeneralSecurityException {
    return PeerTls.context(
        Files.readString(system.run().authority()), this == GATEWAY ? null : ofGateway(system));
  }

  private static @Nullable Credential ofGateway(RunningSystem system) throws IOException {
    Path files = system.directory().resolve("tls");
    return new Credential(
        Files.readString(files.resolve("gateway.crt")),
        Files.readString(files.resolve("gateway.key")));
  }
}
