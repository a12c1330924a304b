package uk.progressstream.platform.access;

import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfigUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Asks identity which keys it signs access tokens with, as this peer, over TLS. */
@ApplicationScoped
public class KeySource {
  private static final int LENGTH_MAX = 65_536;
  private static final int TIMEOUT_MS = 2000;
  private static final int OK = 200;

  private final WebClient client;
  private final String address;

  KeySource(
      Vertx vertx,
      TlsConfigurationRegistry tls,
      @ConfigProperty(name = "quarkus.oidc.auth-server-url") String identity,
      @ConfigProperty(name = "quarkus.oidc.jwks-path") String path) {
    WebClientOptions options =
        new WebClientOptions()
            .setConnectTimeout(TIMEOUT_MS)
            .setFollowRedirects(false)
            .setUserAgentEnabled(false);
    TlsConfigUtils.configure(options, tls.get("peer").orElseThrow());
    this.client = WebClient.create(vertx, options);
    this.address = identity + path;
  }

  /** The ids of the keys that are published right now; fails where there is no answer. */
  Uni<Set<String>> ids() {
    return client.getAbs(address).timeout(TIMEOUT_MS).send().map(KeySource::read);
  }

  private static Set<String> read(HttpResponse<Buffer> answer) {
    String body = answer.bodyAsString();
    if (answer.statusCode() != OK || body == null || body.length() > LENGTH_MAX) {
      throw new IllegalStateException("no key set");
    }
    return new JsonObject(body)
        .getJsonArray("keys").stream()
            .map(key -> ((JsonObject) key).getString("kid"))
            .collect(Collectors.toUnmodifiableSet());
  }
}
