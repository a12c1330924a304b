package uk.progressstream.identity.signin;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import uk.progressstream.identity.setting.IdentitySettings;
import uk.progressstream.platform.problem.Problem;

/**
 * Fetches issuers' public keys over TLS. Whatever goes wrong is a 503 problem: without keys nobody
 * can be told apart, so nobody comes in.
 */
@ApplicationScoped
public class KeyEndpoints {
  private static final int TIMEOUT_MS = 3000;
  private static final int LENGTH_MAX = 262_144;
  private static final int RETRY_AFTER_SECONDS = 5;

  private static final Logger LOG = Logger.getLogger(KeyEndpoints.class);

  private final WebClient client;

  KeyEndpoints(Vertx vertx, IdentitySettings settings) {
    WebClientOptions options =
        new WebClientOptions()
            .setSsl(true)
            .setVerifyHost(true)
            .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"))
            .setPemTrustOptions(new PemTrustOptions().addCertPath(settings.issuersCa().toString()))
            .setFollowRedirects(false)
            .setConnectTimeout(TIMEOUT_MS)
            .setUserAgentEnabled(false);
    this.client = WebClient.create(vertx, options);
  }

  /** The keys behind an address. */
  Uni<List<JsonWebKey>> keys(URI address) {
    return get(address).map(KeyEndpoints::parse);
  }

  /** The keys of an issuer that says where they are (OpenID Connect Discovery 1.0, section 4). */
  Uni<List<JsonWebKey>> discoveredKeys(String issuer) {
    return get(URI.create(issuer.replaceAll("/+$", "") + "/.well-known/openid-configuration"))
        .map(body -> keysAddress(body, issuer))
        .chain(this::keys);
  }

  private Uni<String> get(URI address) {
    if (!"https".equals(address.getScheme())) {
      return Uni.createFrom().failure(unavailable());
    }
    return client
        .getAbs(address.toString())
        .timeout(TIMEOUT_MS)
        .send()
        .map(KeyEndpoints::body)
        .onFailure()
        .invoke(e -> LOG.warnf("no keys from %s: %s", address.getHost(), e))
        .onFailure()
        .transform(e -> unavailable());
  }

  private static String body(HttpResponse<Buffer> response) {
    String body = response.bodyAsString();
    if (response.statusCode() != 200 || body == null || body.length() > LENGTH_MAX) {
      throw new IllegalStateException("status " + response.statusCode());
    }
    return body;
  }

  private static URI keysAddress(String configuration, String issuer) {
    try {
      JsonObject json = new JsonObject(configuration);
      if (!issuer.equals(json.getString("issuer"))) {
        throw unavailable();
      }
      return URI.create(json.getString("jwks_uri", ""));
    } catch (RuntimeException e) {
      throw unavailable();
    }
  }

  private static List<JsonWebKey> parse(String body) {
    try {
      return new JsonWebKeySet(body).getJsonWebKeys();
    } catch (JoseException e) {
      throw unavailable();
    }
  }

  private static Problem unavailable() {
    return Problem.unavailable(RETRY_AFTER_SECONDS);
  }
}
