package uk.progressstream.gateway;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Opens the door when the program starts; a door that cannot open stops the program. */
@ApplicationScoped
public class GatewayStart {
  private static final Logger LOG = Logger.getLogger(GatewayStart.class);

  private static final String DOOR = "door";
  private static final String PEER = "peer";

  private final Vertx vertx;
  private final TlsConfigurationRegistry certificates;
  private final Duration reloadPeriod;
  private final CertificateRenewal renewal;
  private final Gateway gateway;

  GatewayStart(
      Vertx vertx,
      GatewaySettings settings,
      @ConfigProperty(name = "ps.tls.reload-period", defaultValue = "60S") Duration reloadPeriod,
      TlsConfigurationRegistry certificates,
      MeterRegistry meters) {
    SettingsCheck.require(settings);
    SettingsCheck.require("PS_TLS_RELOAD_PERIOD", reloadPeriod);
    this.vertx = vertx;
    this.certificates = certificates;
    this.reloadPeriod = reloadPeriod;
    DoorTls tls = first();
    this.renewal = new CertificateRenewal(tls, this::readAgain);
    this.gateway = new Gateway(settings, tls, meters);
    Gauge.builder("ps.gateway.certificates.unusable", renewal, r -> r.hasFailed() ? 1 : 0)
        .description("1 while the certificate files cannot be used and the former ones stay in use")
        .register(meters);
  }

  void open(@Observes StartupEvent started) {
    try {
      vertx.deployVerticle(gateway).toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new IllegalStateException("the gateway cannot listen", e.getCause());
    }
    vertx.setPeriodic(reloadPeriod.toMillis(), timer -> vertx.executeBlocking(this::renew));
  }

  private CertificateRenewal.Found renew() {
    CertificateRenewal.Found found = renewal.look();
    switch (found) {
      case RENEWED -> LOG.info("new certificates were read and are in use");
      case USABLE_AGAIN -> LOG.info("the certificate files can be used again");
      case UNUSABLE ->
          LOG.error(
              "the files of PS_TLS_CERTIFICATE, PS_TLS_KEY and PS_TLS_CA (or PS_GATEWAY_TLS_CERTIFICATE and _KEY) cannot be used: unreadable, expired, or a key of another certificate; the former ones stay in use");
      default -> LOG.trace("nothing is new");
    }
    return found;
  }

  /** The library says nothing about files that it cannot read, but that it has not. */
  private DoorTls.Files readAgain() throws GeneralSecurityException {
    for (String name : List.of(DOOR, PEER)) {
      if (!certificate(name).reload()) {
        throw new GeneralSecurityException("a file of " + name + " cannot be read");
      }
    }
    return files();
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
    TlsConfiguration peer = certificate(PEER);
    return new DoorTls.Files(
        certificate(DOOR).getKeyStoreOptions(), peer.getKeyStoreOptions(), peer.getTrustStore());
  }

  private TlsConfiguration certificate(String name) {
    return certificates.get(name).orElseThrow();
  }
}
