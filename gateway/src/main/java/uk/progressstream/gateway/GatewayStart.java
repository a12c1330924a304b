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
import java.util.Map;
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
  private final DoorTls tls;
  private final Map<String, CertificateRenewal> renewals;
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
    this.tls = first();
    // Apart: that people see an old certificate must not keep the services from a new one.
    this.renewals =
        Map.of(
            DOOR,
            new CertificateRenewal(() -> tls.showFromNowOn(readAgain(DOOR).getKeyStoreOptions())),
            PEER,
            new CertificateRenewal(this::renewInside));
    this.gateway = new Gateway(settings, tls, meters);
    renewals.forEach((name, renewal) -> measure(name, renewal, meters));
  }

  private static void measure(String name, CertificateRenewal renewal, MeterRegistry meters) {
    Gauge.builder("ps.gateway.certificates.unusable", renewal, r -> r.hasFailed() ? 1 : 0)
        .description("1 while the certificate files cannot be used and the former ones stay in use")
        .tag("which", name)
        .register(meters);
  }

  void open(@Observes StartupEvent started) {
    try {
      vertx.deployVerticle(gateway).toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new IllegalStateException("the gateway cannot listen", e.getCause());
    }
    renewLater();
  }

  /** Once the last look is over: files on a disk that hangs must not pile looks up. */
  private void renewLater() {
    vertx.setTimer(
        reloadPeriod.toMillis(),
        timer -> vertx.executeBlocking(this::renew).onComplete(done -> renewLater()));
  }

  private boolean renew() {
    renewals.forEach(GatewayStart::renew);
    return true;
  }

  private static void renew(String name, CertificateRenewal renewal) {
    switch (renewal.look()) {
      case RENEWED -> LOG.infof("%s: new certificates were read and are in use", name);
      case USABLE_AGAIN -> LOG.infof("%s: the certificate files can be used again", name);
      case UNUSABLE ->
          LOG.errorf(
              renewal.failure(),
              "%s: the certificate files cannot be used (unreadable, expired, or a key of another certificate); the former ones stay in use",
              name);
      // It was said, and the metric goes on saying so.
      case STILL_UNUSABLE, NOTHING_NEW -> LOG.trace("nothing is new");
    }
  }

  private boolean renewInside() throws GeneralSecurityException {
    TlsConfiguration peer = readAgain(PEER);
    return tls.callFromNowOn(peer.getKeyStoreOptions(), peer.getTrustStore());
  }

  /** The library says nothing about files that it cannot read, but that it has not. */
  private TlsConfiguration readAgain(String name) throws GeneralSecurityException {
    TlsConfiguration files = certificate(name);
    if (!files.reload()) {
      throw new GeneralSecurityException("a file cannot be read");
    }
    return files;
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
