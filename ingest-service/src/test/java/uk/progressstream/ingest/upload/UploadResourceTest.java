package uk.progressstream.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.progressstream.contracts.grades.GradeRow;
import uk.progressstream.contracts.pseudonym.Enrolment;
import uk.progressstream.contracts.sensitive.SensitiveRow;
import uk.progressstream.provisioning.proof.Proves;

@QuarkusTest
@WithTestResource(IngestTestResource.class)
class UploadResourceTest extends UploadTest {

  @Test
  @Proves({"D4", "D6"})
  @DisplayName("A grade goes to the vault by its enrollment_id and to grades by its ps_id alone")
  void gradesAreSplit() {
    HttpResponse<String> answer = send("grades", GRADES_HEADER + GRADE);

    assertThat(answer.statusCode()).isEqualTo(202);
    JsonObject upload = new JsonObject(answer.body());
    assertThat(answer.headers().firstValue("location"))
        .hasValue(UPLOADS + "/" + upload.getString("id"));
    assertThat(upload.getString("state")).isEqualTo("completed");
    assertThat(peers.vault.enrolments)
        .extracting(Enrolment::getEnrollmentId)
        .containsExactly("A17");
    GradeRow row = peers.stores.grades.get(0).getRows(0);
    assertThat(row.getPsId()).isEqualTo(peers.vault.find(school.toString(), "A17").getPsId());
    assertThat(row)
        .extracting(
            GradeRow::getClassId,
            GradeRow::getSubject,
            GradeRow::getScale,
            GradeRow::getPointsTenths)
        .containsExactly(FakeDirectory.MATHS, "Mathematics", "points-0-20", 140);
    assertThat(peers.stores.grades.toString()).doesNotContain("A17");
  }

  @Test
  @DisplayName(
      "The upload has every field of the contract, and the same ones when it is read again")
  void fields() {
    JsonObject upload = sent("grades", GRADES_HEADER + GRADE + GRADE.replace("14", "21"));

    assertThat(upload.fieldNames())
        .contains(
            "state",
            "rowsRead",
            "rowsAccepted",
            "rowsRefused",
            "rowsUnchanged",
            "bytes",
            "rowsPerSecond",
            "startedAt",
            "finishedAt");
    assertThat(upload.getString("state")).isEqualTo("completed-with-problems");
    assertThat(upload.getLong("rowsRead")).isEqualTo(2);
    assertThat(upload.getLong("rowsAccepted")).isEqualTo(1);
    assertThat(upload.getLong("rowsRefused")).isEqualTo(1);
    assertThat(new JsonObject(gateway.get(UPLOADS + "/" + upload.getString("id"), sender).body()))
        .isEqualTo(upload);
    assertThat(gateway.get(UPLOADS + "?school=" + school, sender).body())
        .contains(upload.getString("id"));
  }

  @Test
  @Proves({"D4", "D8"})
  @DisplayName("A pupil goes to the vault with class and tidy postcode, and nowhere else")
  void pupils() {
    JsonObject first = sent("pupils", "enrollment_id,class,postcode\nA17,10A/Ma1,m11aa\n");
    JsonObject again = sent("pupils", "enrollment_id,class,postcode\nA17,10A/Ma1,m11aa\n");

    assertThat(peers.vault.enrolments.get(0))
        .extracting(Enrolment::getClassId, Enrolment::getPostcode)
        .containsExactly(FakeDirectory.MATHS, "M1 1AA");
    assertThat(first.getLong("rowsUnchanged")).isZero();
    assertThat(again.getLong("rowsUnchanged")).isEqualTo(1);
    assertThat(peers.stores.grades).isEmpty();
    assertThat(peers.stores.sensitive).isEmpty();
  }

  @Test
  @Proves("D5")
  @DisplayName("Sensitive fields go to sensitive by ps_id; a pupil that nobody knows is refused")
  void sensitive() {
    sent("pupils", "enrollment_id,class\nA17,10A/Ma1\n");
    JsonObject upload =
        sent("sensitive", "enrollment_id,sen_provision,sen_type\nA17,K,ASD\nA99,K,ASD\n");

    SensitiveRow row = peers.stores.sensitive.get(0).getRows(0);
    assertThat(row.getSenTypesList()).containsExactly("ASD");
    assertThat(row.getClassIdsList()).containsExactly(FakeDirectory.MATHS);
    assertThat(peers.stores.sensitive.toString()).doesNotContain("A17");
    assertThat(upload.getString("state")).isEqualTo("completed-with-problems");
    assertThat(problems(upload))
        .extracting(p -> p.getLong("row"), p -> p.getString("column"), p -> p.getString("code"))
        .containsExactly(org.assertj.core.groups.Tuple.tuple(3L, "enrollment_id", "unknown-pupil"));
  }

  @Test
  @DisplayName("A dry run says what would happen and stores nothing")
  void dryRun() {
    HttpResponse<String> answer =
        gateway.send(
            upload(
                "&kind=grades&dryRun=true",
                HttpRequest.BodyPublishers.ofString(
                    GRADES_HEADER + GRADE + "x" + GRADE.substring(3))));
    JsonObject upload = new JsonObject(answer.body());

    assertThat(upload.getBoolean("dryRun")).isTrue();
    assertThat(upload.getLong("rowsAccepted")).isEqualTo(1);
    assertThat(upload.getLong("rowsRefused")).isEqualTo(1);
    assertThat(peers.vault.enrolments).isEmpty();
    assertThat(peers.stores.grades).isEmpty();
  }

  @Test
  @DisplayName("A grade outside its scale is refused with the scale's values")
  void gradeOutsideScale() {
    JsonObject upload = sent("grades", GRADES_HEADER + GRADE.replace(",14", ",21"));

    assertThat(problems(upload).get(0).getString("code")).isEqualTo("grade-not-in-scale");
    assertThat(problems(upload).get(0).getString("hint")).contains("20, 19, 18").contains("1, 0.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"grades&dryRun=false&dryRun=true", "grades&kind=pupils"})
  @DisplayName("A parameter that comes twice is refused: one of the two would be taken")
  void twice(String kind) {
    assertThat(problem(send(kind, GRADES_HEADER))).endsWith(":given-twice");
  }

  @Test
  @DisplayName("A key that comes twice is refused, too")
  void keyTwice() {
    HttpRequest.Builder request =
        upload("&kind=grades", HttpRequest.BodyPublishers.ofString(GRADES_HEADER))
            .header("Idempotency-Key", "one")
            .header("Idempotency-Key", "another");

    assertThat(problem(gateway.send(request))).endsWith(":given-twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dry_run=true", "dryrrun=true", "clas=1", "%64ry=true", "=1"})
  @DisplayName("A parameter that uploads do not have is refused: a misspelt dry run would be real")
  void unknownParameter(String misspelt) {
    assertThat(problem(send("grades&" + misspelt, GRADES_HEADER + GRADE)))
        .endsWith(":unknown-parameter");
    assertThat(peers.stores.grades).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%20", "&dryRun="})
  @DisplayName("A parameter without a value is not taken for absent")
  void noValue(String kind) {
    assertThat(problem(send(kind, GRADES_HEADER))).endsWith(":no-value");
  }

  @ParameterizedTest
  @CsvSource({
    "school=123456&kind=grades, school",
    "school=&kind=grades, school",
    "kind=grades&school=00000000-0000-4000-8000-000000000001&dryRun=yes, dryRun",
    "kind=grades&school=00000000-0000-4000-8000-000000000001&dryRun=1, dryRun",
    "kind=grades&school=00000000-0000-4000-8000-000000000001&mode=fulll, mode",
    "kind=grades&school=00000000-0000-4000-8000-000000000001&mode=FULL, mode"
  })
  @DisplayName("A value that is not of its type is refused by its parameter's name, not guessed at")
  void badValue(String query, String parameter) {
    HttpResponse<String> answer =
        gateway.send(
            gateway
                .request(UPLOADS + "?" + query, sender)
                .header("Content-Type", "text/csv")
                .POST(HttpRequest.BodyPublishers.ofString(GRADES_HEADER)));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(new JsonObject(answer.body()).getString("detail")).contains(parameter);
  }

  private static String problem(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(400);
    return new JsonObject(answer.body()).getString("type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"marksheet", "oneroster", "GRADES"})
  @DisplayName("A kind that is not built is refused as such")
  void unknownKind(String kind) {
    HttpResponse<String> answer = send(kind, GRADES_HEADER);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(new JsonObject(answer.body()).getString("type"))
        .isEqualTo("urn:progress-stream:problem:unknown-kind");
  }

  @Test
  @DisplayName(
      "A body that is no CSV by its own type, or larger than one upload may be, is refused")
  void bodies() {
    HttpRequest.Builder zip =
        gateway
            .request(UPLOADS + "?kind=grades&school=" + school, sender)
            .header("Content-Type", "application/zip")
            .POST(HttpRequest.BodyPublishers.ofString("PK"));
    String large = GRADES_HEADER + GRADE.repeat(70_000);

    assertThat(gateway.send(zip).statusCode()).isEqualTo(415);
    assertThat(send("grades", large).statusCode()).isEqualTo(413);
    assertThat(gateway.send(upload("&kind=grades", Bodies.unsized(large))).statusCode())
        .isEqualTo(413);
    assertThat(gateway.get(UPLOADS + "?school=" + school, sender).body())
        .contains("\"state\":\"failed\"");
  }

  @Test
  @Proves("D9")
  @DisplayName("Another school's upload is not there, and nothing can be sent in its name")
  void anotherSchool() {
    String id = sent("grades", GRADES_HEADER + GRADE).getString("id");
    String stranger =
        kit.tokens()
            .mint(
                uk.progressstream.provisioning.testing.Tokens.schools(
                    UUID.randomUUID(),
                    java.util.Set.of(UUID.randomUUID()),
                    "uploads:read",
                    "uploads:write"),
                "admin");

    for (String path : new String[] {"", "/problems", "/progress"}) {
      assertThat(gateway.get(UPLOADS + "/" + id + path, stranger).statusCode()).isEqualTo(404);
    }
    assertThat(
            new JsonObject(gateway.get(UPLOADS + "?school=" + school, stranger).body())
                .getJsonArray("items"))
        .isEmpty();
    sender = stranger;
    assertThat(send("grades", GRADES_HEADER + GRADE).statusCode()).isEqualTo(404);
    assertThat(peers.stores.grades).hasSize(1);
  }

  @Test
  @DisplayName("Without the permission to upload, or without a token, nothing is taken")
  void permissions() {
    sender = token("uploads:read", "grades:read");
    assertThat(send("grades", GRADES_HEADER + GRADE).statusCode()).isEqualTo(404);
    sender = "nonsense";
    assertThat(send("grades", GRADES_HEADER + GRADE).statusCode()).isEqualTo(401);
    assertThat(peers.vault.enrolments).isEmpty();
  }
}
