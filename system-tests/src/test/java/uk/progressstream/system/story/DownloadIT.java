package uk.progressstream.system.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import uk.progressstream.local.client.Answer;
import uk.progressstream.local.client.ApiClient;
import uk.progressstream.local.issuer.SampleAccount;
import uk.progressstream.log.note.LogProof;
import uk.progressstream.log.note.VerifierKey;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.system.running.RunningSystem;
import uk.progressstream.system.running.WholeSystem;

@ExtendWith(WholeSystem.class)
@Proves("D14")
class DownloadIT {
  private static final String EXPORT = "/grades/v1/grades/export";

  private final RunningSystem system;

  DownloadIT(RunningSystem system) {
    this.system = system;
  }

  @Test
  @DisplayName(
      "A school sees who downloaded what and when, and recomputes the log's entry from the proof alone")
  void aDownloadIsProvable() throws Exception {
    Answer download = system.as(SampleAccount.GP_TEACHER).get(EXPORT).require(200);
    String id = download.header("Audit-Record");
    ApiClient admin = system.as(SampleAccount.GP_ADMIN);

    JsonObject record = admin.get("/audit/v1/records/" + id).require(200).json();
    String proof = admin.get("/audit/v1/records/" + id + "/proof").require(200).body();

    assertThat(record.getString("kind")).isEqualTo("grades.export");
    LogProof parsed = LogProof.of(proof);
    JsonObject disclosed = new JsonObject(new String(parsed.extra(), StandardCharsets.UTF_8));
    VerifierKey key = VerifierKey.of(admin.get("/audit/v1/key").require(200).body().strip());
    assertThat(parsed.verified(entry(disclosed), key).size()).isPositive();
    assertThat(disclosed.getJsonObject("record").encode()).contains(id);
  }

  @Test
  @DisplayName("Another school sees no record of it, and no proof")
  void anotherSchoolSeesNothing() {
    String id = system.as(SampleAccount.GP_TEACHER).get(EXPORT).require(200).header("Audit-Record");
    ApiClient other = system.as(SampleAccount.MS_ADMIN);

    assertThat(other.get("/audit/v1/records/" + id).status()).isEqualTo(404);
    assertThat(other.get("/audit/v1/records/" + id + "/proof").status()).isEqualTo(404);
  }

  /** HMAC-SHA-256 of the canonical record under its salt, by the JDK: not the log's own code. */
  private static byte[] entry(JsonObject disclosed)
      throws GeneralSecurityException, java.io.IOException {
    byte[] salt = Base64.getDecoder().decode(disclosed.getString("salt"));
    byte[] record =
        new JsonCanonicalizer(disclosed.getJsonObject("record").encode()).getEncodedUTF8();
    assertThat(HexFormat.of().formatHex(salt)).hasSize(64);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(salt, "HmacSHA256"));
    return mac.doFinal(record);
  }
}
