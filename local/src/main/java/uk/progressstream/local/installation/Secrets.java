package uk.progressstream.local.installation;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import uk.progressstream.local.issuer.IssuerKind;
import uk.progressstream.local.issuer.SampleAccount;
import uk.progressstream.provisioning.database.ServiceDatabase;
import uk.progressstream.provisioning.pki.CertificateAuthority;
import uk.progressstream.provisioning.pki.PrivateFiles;

/**
 * The secret files that single services read; kept with the data, but for the seal keys, which the
 * databases keep.
 *
 * @param directory where they lie
 */
public record Secrets(Path directory) {
  private static final int SEED_BYTES = 32;
  private static final Map<SampleAccount, List<String>> STAFF =
      Map.of(
          SampleAccount.ONBOARDING, List.of("school:onboard"),
          SampleAccount.EMPLOYEE, List.of("session:take"),
          SampleAccount.DPO, List.of("breach:manage"));

  /** Makes those that are missing. */
  public void prepare(CertificateAuthority authority) throws IOException {
    PrivateFiles.createDirectory(directory);
    once("token-signing.key", authority.issue("tokens", Duration.ofDays(1)).keyPem());
    once("audit-signing.key", Base64.getEncoder().encodeToString(seed()) + "\n");
    // Not secret; whoever runs this log may name witnesses in it.
    once("witness-policy", "quorum none\n");
    write("staff.json", staff().encodePrettily());
  }

  /** Tells identity the seal keys of all databases. */
  public void writeSealKeys(Collection<ServiceDatabase> databases) throws IOException {
    JsonObject keys = new JsonObject();
    for (ServiceDatabase database : databases) {
      keys.put(
          database.name(),
          new JsonObject()
              .put(
                  Integer.toString(database.sealKey().id()),
                  HexFormat.of().formatHex(database.sealKey().secret())));
    }
    write("seal-keys.json", keys.encode());
  }

  private void once(String name, String content) throws IOException {
    if (Files.notExists(directory.resolve(name))) {
      write(name, content);
    }
  }

  private void write(String name, String content) throws IOException {
    PrivateFiles.write(directory.resolve(name), content.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonArray staff() {
    JsonArray staff = new JsonArray();
    STAFF.forEach(
        (account, permissions) ->
            staff.add(
                new JsonObject()
                    .put("issuer", account.issuer() == IssuerKind.GOOGLE ? "google" : "microsoft")
                    .put("domain", account.realm())
                    .put("email", account.email())
                    .put("permissions", new JsonArray(permissions))));
    return staff;
  }

  private static byte[] seed() {
    byte[] seed = new byte[SEED_BYTES];
    new SecureRandom().nextBytes(seed);
    return seed;
  }
}
