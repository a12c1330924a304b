package uk.progressstream.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/** Opens the door when the program starts; a door that cannot open stops the program. */
@ApplicationScoped
public class GatewayStart {
  private static final Logger LOG = Logger.getLogger(GatewayStart.class);

  private final Vertx vertx;
  private final TlsConfigurationRegistry certificates;
  private final DoorTls tls;
  private final Gateway gateway;

  GatewayStart(
      Vertx vertx,
      GatewaySettings settings,
      TlsConfigurationRegistry certificates,
      MeterRegistry meters) {
    SettingsCheck.require(settings);
    this.vertx = vertx;
    this.certificates = certificates;
    this.tls = first();
    this.gateway = new Gateway(settings, tls, meters);
  }

  void open(@Observes StartupEvent started) {
    try {
      vertx.deployVerticle(gateway).toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new IllegalStateException("the gateway cannot listen", e.getCause());
    }
  }

  void renew(@Observes CertificateUpdatedEvent updated) {
    try {
      if (tls.replaceBy(files())) {
        LOG.info("new certificates were read and are in use");
      }
    } catch (GeneralSecurityException e) {
      LOG.error(
          "the files of PS_TLS_CERTIFICATE, PS_TLS_KEY and PS_TLS_CA cannot be read again; the former ones stay in use",
          e);
    }
  }

  /** How long the event loop has been stuck. */
  public Duration stuckFor() {
    return gateway.stuckFor();
  }

  private DoorTls first() {
    try {
      return new DoorTls(vertx, files());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the gateway has no certificates", e);
    }
  }

  private DoorTls.Files files() {
    TlsConfiguration peer = certificate("peer");
    return new DoorTls.Files(
        certificate("door").getKeyStoreOptions(), peer.getKeyStoreOptions(), peer.getTrustStore());
  }

  private TlsConfiguration certificate(String name) {
    return certificates.get(name).orElseThrow();
  }
}
