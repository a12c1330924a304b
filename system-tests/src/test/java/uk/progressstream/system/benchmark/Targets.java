package uk.progressstream.system.benchmark;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import uk.progressstream.provisioning.pki.CertificateAuthority;
import uk.progressstream.provisioning.pki.CredentialFiles;
import uk.progressstream.system.running.RunningSystem;

/** The two ways to identity: at its own port as the gateway would, and through the gateway. */
final class Targets {
  private static final Duration VALIDITY = Duration.ofHours(12);

  private Targets() {}

  static ServiceTarget direct(RunningSystem system) throws IOException {
    return ServiceTarget.direct(
        system.service("identity").getInteger("port"),
        system.run().authority(),
        certificate(system, "gateway"));
  }

  static ServiceTarget gateway(RunningSystem system) {
    return ServiceTarget.gateway(
        URI.create(system.run().gateway()).getPort(), system.run().authority());
  }

  /** A certificate of a peer, from the installation's own authority. */
  static CredentialFiles certificate(RunningSystem system, String peer) throws IOException {
    Path authority = system.directory().resolve("authority");
    return CertificateAuthority.loadOrCreate(authority, "benchmark")
        .issue(peer, VALIDITY)
        .writeTo(system.directory().resolve("benchmark"), peer);
  }
}
