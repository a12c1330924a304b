package uk.progressstream.identity.testing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import uk.progressstream.provisioning.pki.CertificateAuthority;
import uk.progressstream.provisioning.ports.Ports;
import uk.progressstream.provisioning.testing.ServiceTestResource;

/**
 * Identity as in production: it verifies access tokens with its own published keys, over its own
 * port, and ID tokens with those of two issuers that answer over TLS.
 */
public class IdentityTestResource extends ServiceTestResource {
  private static final List<String> SERVICES =
      List.of("identity", "ingest", "pseudonym", "grades", "sensitive", "audit", "breach");
  private @Nullable TestIssuers issuers;

  @Override
  public Map<String, String> start() {
    Map<String, String> config = new HashMap<>(super.start());
    try {
      configure(config, Path.of(config.get("ps.test.kit")));
      return config;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    TestIssuers started = issuers;
    if (started != null) {
      started.stop();
    }
    super.stop();
  }

  private void configure(Map<String, String> config, Path kit) throws IOException {
    String port = Integer.toString(Ports.free());
    config.put("quarkus.http.test-ssl-port", port);
    config.put("ps.peers.identity-port", port);
    // The tests of all classes sign the same few employees in.
    config.put("ps.identity.limits.account-burst", "600");
    config.put("quarkus.grpc.clients.identity.port", port);
    config.put("quarkus.grpc.clients.identity.test-port", port);
    Path files = Files.createDirectories(kit.resolve("identity"));
    CertificateAuthority.create("signing")
        .issue("signing", Duration.ofHours(1))
        .writeTo(files, "signing");
    config.put("ps.identity.signing-key", files.resolve("signing.key").toString());
    config.put("ps.identity.seal-keys", write(files.resolve("seal-keys.json"), sealKeys(kit)));
    config.put("ps.identity.staff", write(files.resolve("staff.json"), staff().encode()));
    config.put("ps.identity.issuers-ca", kit.resolve("tls/ca.crt").toString());
    TestIssuers started = TestIssuers.start(kit);
    issuers = started;
    config.putAll(started.configuration());
  }

  private static String sealKeys(Path kit) throws IOException {
    Properties own = new Properties();
    try (InputStream in = Files.newInputStream(kit.resolve("kit.properties"))) {
      own.load(in);
    }
    JsonObject keys = new JsonObject();
    for (String service : SERVICES) {
      byte[] random = new byte[32];
      new SecureRandom().nextBytes(random);
      keys.put(service, new JsonObject().put("1", HexFormat.of().formatHex(random)));
    }
    keys.put(
        "identity",
        new JsonObject().put(own.getProperty("seal.id"), own.getProperty("seal.secret")));
    return keys.encode();
  }

  private static JsonArray staff() {
    return new JsonArray()
        .add(employee("onboarding", "school:onboard"))
        .add(employee("support", "session:take"))
        .add(employee("second-support", "session:take"))
        .add(employee("dpo", "breach:manage"))
        .add(employee("everything", "school:onboard", "session:take", "breach:manage"));
  }

  private static JsonObject employee(String name, String... permissions) {
    return new JsonObject()
        .put("issuer", "google")
        .put("domain", Person.COMPANY_DOMAIN)
        .put("email", name + "@" + Person.COMPANY_DOMAIN)
        .put("permissions", new JsonArray(List.of(permissions)));
  }

  private static String write(Path file, String text) throws IOException {
    return Files.writeString(file, text).toString();
  }
}
