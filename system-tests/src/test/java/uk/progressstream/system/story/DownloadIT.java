package uk.progressstream.system.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
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

  private static final Duration ENDED_WITHIN = Duration.ofSeconds(10);

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
  @DisplayName(
      "The log says which pupils were in a download, by a digest that the school recomputes")
  void aDownloadSaysWhichPupils() throws Exception {
    Answer download = system.as(SampleAccount.GP_TEACHER).get(EXPORT).require(200);
    List<String> lines = download.body().lines().toList();
    int column = List.of(lines.get(0).split(",")).indexOf("psId");
    String sorted =
        lines.stream()
            .skip(1)
            .map(line -> line.split(",")[column].replace("-", ""))
            .distinct()
            .sorted()
            .collect(Collectors.joining());
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    String digest = HexFormat.of().formatHex(sha256.digest(HexFormat.of().parseHex(sorted)));

    JsonObject what = endOf(download.header("Audit-Record"));

    assertThat(sorted).isNotEmpty();
    assertThat(what.getString("digest")).isEqualTo(digest);
    assertThat(what.getInteger("rows")).isEqualTo(lines.size() - 1);
  }

  /** What the second record of a download says; it comes a moment after the last byte. */
  private JsonObject endOf(String id) {
    ApiClient admin = system.as(SampleAccount.GP_ADMIN);
    Instant deadline = Instant.now().plus(ENDED_WITHIN);
    while (true) {
      JsonArray ended =
          admin
              .get("/audit/v1/records?kind=grades.export.ended")
              .require(200)
              .json()
              .getJsonArray("items");
      for (int i = 0; i < ended.size(); i++) {
        JsonObject what = ended.getJsonObject(i).getJsonObject("what");
        if (id.equals(what.getString("concerns"))) {
          return what;
        }
      }
      assertThat(Instant.now()).as("the end is recorded").isBefore(deadline);
      RunningSystem.pause();
    }
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
