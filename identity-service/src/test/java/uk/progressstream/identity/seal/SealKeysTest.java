package uk.progressstream.identity.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.progressstream.identity.setting.IdentitySettings;
import uk.progressstream.platform.scope.ScopeSealer;
import uk.progressstream.provisioning.proof.Proves;

@Proves("D9")
class SealKeysTest {
  private static final String OLD = "11".repeat(32);
  private static final String NEW = "22".repeat(32);

  @TempDir Path directory;

  @Test
  @DisplayName(
      "Of two seal keys of a service the one with the highest number seals, ten after nine")
  void theHighestNumberSeals() throws IOException {
    SealKeys keys =
        keys(
            new JsonObject()
                .put("identity", new JsonObject().put("1", OLD))
                .put("grades", new JsonObject().put("9", OLD).put("10", NEW)));

    assertThat(keys.seal("grades", "text"))
        .isEqualTo(ScopeSealer.of(10, HexFormat.of().parseHex(NEW)).seal("text"));
    assertThat(keys.seal("identity", "text"))
        .isEqualTo(ScopeSealer.of(1, HexFormat.of().parseHex(OLD)).seal("text"));
  }

  @Test
  @DisplayName("No service is sealed for without a key of its own")
  void noKeyNoSeal() throws IOException {
    SealKeys keys = keys(new JsonObject().put("identity", new JsonObject().put("1", OLD)));

    assertThatThrownBy(() -> keys.seal("grades", "text"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                keys(
                    new JsonObject()
                        .put("identity", new JsonObject().put("1", OLD))
                        .put("grades", new JsonObject())))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> keys(new JsonObject())).isInstanceOf(IllegalStateException.class);
  }

  private SealKeys keys(JsonObject file) throws IOException {
    Path path = Files.writeString(directory.resolve("seal-keys.json"), file.encode());
    SmallRyeConfigBuilder config =
        new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(IdentitySettings.class);
    for (String name : new String[] {"signing-key", "staff", "issuers-ca"}) {
      config.withDefaultValue("ps.identity." + name, "unused");
    }
    for (String name :
        new String[] {
          "google.issuer",
          "google.jwks",
          "google.audience",
          "microsoft.authority",
          "microsoft.tenants",
          "microsoft.audience"
        }) {
      config.withDefaultValue("ps.identity." + name, "https://unused.example");
    }
    return new SealKeys(
        config
            .withDefaultValue("ps.identity.seal-keys", path.toString())
            .build()
            .getConfigMapping(IdentitySettings.class));
  }
}
