package uk.progressstream.gateway;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CompletionException;

/** Opens the door when the program starts; a door that cannot open stops the program. */
@ApplicationScoped
public class GatewayStart {
  private final Vertx vertx;
  private final GatewaySettings settings;
  private final TlsConfigurationRegistry certificates;

  GatewayStart(Vertx vertx, GatewaySettings settings, TlsConfigurationRegistry certificates) {
    this.vertx = vertx;
    this.settings = settings;
    this.certificates = certificates;
  }

  void open(@Observes StartupEvent started) {
    TlsConfiguration peer = certificate("peer");
    DoorTls tls =
        new DoorTls(
            certificate("door").getKeyStoreOptions(),
            peer.getKeyStoreOptions(),
            peer.getTrustStoreOptions());
    try {
      vertx
          .deployVerticle(new Gateway(settings, tls))
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    } catch (CompletionException e) {
      throw new IllegalStateException("the gateway cannot listen", e.getCause());
    }
  }

  private TlsConfiguration certificate(String name) {
    return certificates.get(name).orElseThrow();
  }
}
