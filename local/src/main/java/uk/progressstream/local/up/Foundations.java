package uk.progressstream.local.up;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import uk.progressstream.local.installation.DataDirectory;
import uk.progressstream.local.installation.IssuerPorts;
import uk.progressstream.local.installation.Secrets;
import uk.progressstream.local.issuer.LocalIssuers;
import uk.progressstream.local.process.Program;
import uk.progressstream.local.process.Supervised;
import uk.progressstream.provisioning.pki.CertificateAuthority;
import uk.progressstream.provisioning.pki.CredentialFiles;
import uk.progressstream.provisioning.pki.PrivateFiles;
import uk.progressstream.provisioning.postgres.EmbeddedServer;
import uk.progressstream.provisioning.postgres.ServerSettings;

/** What the services stand on: certificates, PostgreSQL, issuers. */
final class Foundations implements AutoCloseable {
  private static final long RESTART_SECONDS_MAX = 10;
  private static final Duration CERTIFICATE_VALIDITY = Duration.ofDays(30);

  private final DataDirectory data;
  private final CertificateAuthority authority;
  private final EmbeddedServer postgres;
  private final LocalIssuers issuers;
  private final IssuerPorts issuerPorts;
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
  private @Nullable Supervised watched;

  private Foundations(
      DataDirectory data,
      CertificateAuthority authority,
      EmbeddedServer postgres,
      LocalIssuers issuers,
      IssuerPorts issuerPorts) {
    this.data = data;
    this.authority = authority;
    this.postgres = postgres;
    this.issuers = issuers;
    this.issuerPorts = issuerPorts;
  }

  static Foundations start(DataDirectory data) throws IOException {
    CertificateAuthority authority =
        CertificateAuthority.loadOrCreate(data.resolve("authority"), "progress-stream local");
    PrivateFiles.write(
        data.resolve("ca.crt"), authority.certificatePem().getBytes(StandardCharsets.US_ASCII));
    new Secrets(data.resolve("secrets")).prepare(authority);
    IssuerPorts ports = IssuerPorts.loadOrChoose(data.resolve("issuers.json"));
    EmbeddedServer postgres =
        EmbeddedServer.start(
            new ServerSettings(data.resolve("postgres"), authority, 0, true, false));
    try {
      LocalIssuers issuers =
          LocalIssuers.start(ports, authority.issue("localhost", CERTIFICATE_VALIDITY));
      return new Foundations(data, authority, postgres, issuers, ports);
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      postgres.close();
      throw new IOException("the sign-in issuers did not start", e);
    }
  }

  /**
   * Starts PostgreSQL again whenever it stops by itself.
   *
   * @param says gets a line when it stopped
   */
  void watch(Consumer<String> says) {
    EmbeddedServer server = postgres;
    Program program =
        new Program() {
          @Override
          public String label() {
            return "postgres";
          }

          @Override
          public Path log() {
            return server.log();
          }

          @Override
          public Process start() throws IOException {
            return server.startAgain();
          }
        };
    watched = Supervised.watch(program, server.process(), scheduler, says, () -> {});
  }

  EmbeddedServer postgres() {
    return postgres;
  }

  IssuerPorts issuerPorts() {
    return issuerPorts;
  }

  Path authorityFile() {
    return data.resolve("ca.crt");
  }

  CredentialFiles issue(String peer) throws IOException {
    return authority.issue(peer, CERTIFICATE_VALIDITY).writeTo(data.resolve("tls"), peer);
  }

  /** A server that is just being started again must not come up behind the last look at it. */
  private void endRestarts() {
    scheduler.shutdownNow();
    try {
      if (!scheduler.awaitTermination(RESTART_SECONDS_MAX, TimeUnit.SECONDS)) {
        System.err.println("PostgreSQL is still being started again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    if (watched != null) {
      watched.release();
    }
    endRestarts();
    try {
      issuers.close();
    } finally {
      postgres.close();
    }
  }
}
