package uk.progressstream.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.progressstream.provisioning.proof.Proves;

@QuarkusTest
@WithTestResource(IngestTestResource.class)
class RefusedIdentityTest extends UploadTest {
  private Traces traces;

  @BeforeEach
  void listen() {
    traces = new Traces(kit);
  }

  @AfterEach
  void stopListening() {
    traces.close();
  }

  @ParameterizedTest(name = "a {0} column")
  @CsvSource({
    "name, Xanthippe Quillfeather, identity-column, name",
    "Legal Forename, Xanthippe, identity-column, forename",
    "email, xanthippe@quillfeather.example, identity-column, email",
    "Date of Birth, 2011-03-12, identity-column, dob",
    "Address, '12 Quillfeather Lane', identity-column, address",
    "UPN, H801200001001, identity-column, upn",
    "Xanthippe Quillfeather, x, unknown-column, #3",
    "xanthippe@quillfeather.example, x, unknown-column, #3"
  })
  @Proves("D3")
  @DisplayName(
      "A file with a column about identity is refused whole, before anything is stored, and leaves no trace")
  void columns(String header, String value, String code, String column) {
    HttpResponse<String> answer =
        send("pupils", "enrollment_id,class,\"" + header + "\"\nQF77,10A/Ma1,\"" + value + "\"\n");
    JsonObject upload = new JsonObject(answer.body());

    assertThat(upload.getString("state")).isEqualTo("refused");
    assertThat(problem(upload, 1)).isEqualTo(List.of(code, column));
    assertThat(peers.vault.enrolments).isEmpty();
    assertNoTrace(upload, "QF77", "Xanthippe", "uillfeather", "2011-03-12", "H801200001001");
  }

  @ParameterizedTest(name = "{0} as {2}")
  @CsvSource({
    "'Xanthippe Quillfeather,10A/Ma1,', person-name, enrollment_id, Quillfeather",
    "'xanthippe@quillfeather.example,10A/Ma1,', email, enrollment_id, quillfeather",
    "'2011-03-12,10A/Ma1,', date-of-birth, enrollment_id, 2011-03-12",
    "'12/03/2011,10A/Ma1,', date-of-birth, enrollment_id, 12/03/2011",
    "'H801200001001,10A/Ma1,', upn, enrollment_id, H801200001001",
    "'G80120000101A,10A/Ma1,', upn, enrollment_id, G80120000101A",
    "'07700900123,10A/Ma1,', phone, enrollment_id, 07700900123",
    "'QF77,10A/Ma1,\"12 Quillfeather Lane, Leeds\"', address, postcode, Quillfeather",
    "'QF77,xanthippe@quillfeather.example,', email, class, quillfeather",
    "'QF77,Xanthippe Quillfeather,', unknown-class, class, Quillfeather"
  })
  @Proves("D3")
  @DisplayName(
      "A value that looks like identity is refused by row and column, the rest is loaded, and it leaves no trace")
  void values(String row, String code, String column, String value) {
    JsonObject upload =
        sent("pupils", "enrollment_id,class,postcode\nA17,10A/Ma1,\n" + row + "\nA18,10A/Ma1,\n");

    assertThat(upload.getString("state")).isEqualTo("completed-with-problems");
    assertThat(upload.getLong("rowsAccepted")).isEqualTo(2);
    assertThat(problem(upload, 3)).isEqualTo(List.of(code, column));
    assertThat(peers.vault.enrolments.toString()).doesNotContain(value);
    assertNoTrace(upload, value);
  }

  @Test
  @Proves({"D4", "D8"})
  @DisplayName("An accepted enrollment_id, postcode and grade are kept nowhere in this service")
  void acceptedValues() {
    JsonObject pupils =
        sent(
            "pupils",
            "enrollment_id,class,postcode\nZQX7731,10A/Ma1,zq97 7xq\nZQX7732,10A/Ma1,ze97 7xg\n");
    sent("grades", GRADES_HEADER + GRADE.replace("A17", "ZQX7731"));

    assertThat(peers.vault.enrolments.toString()).contains("ZQX7732").contains("ZE97 7XG");
    assertNoTrace(pupils, "ZQX7731", "ZQX7732", "ZE97", "ze97", "zq97");
  }

  @Test
  @DisplayName("These tests would find a trace: an upload's id is in a table, a file and the log")
  void tracesAreFound() {
    peers.failNext(100, io.grpc.Status.UNAVAILABLE);
    JsonObject upload = sent("grades", GRADES_HEADER + GRADE);

    assertThat(traces.of(upload.getString("id")))
        .anyMatch(place -> place.equals("table: public.upload"))
        .anyMatch(place -> place.equals("table: outbox.event"));
    assertThat(traces.of("uploads.failed")).anyMatch(place -> place.startsWith("file: "));
    assertThat(traces.of("does not take a batch")).anyMatch(place -> place.startsWith("log: "));
    assertThat(traces.lines()).isPositive();
  }

  private List<String> problem(JsonObject upload, long row) {
    return problems(upload).stream()
        .filter(problem -> problem.getLong("row") == row)
        .findFirst()
        .map(problem -> List.of(problem.getString("code"), problem.getString("column")))
        .orElseThrow();
  }

  private void assertNoTrace(JsonObject upload, String... values) {
    String answers = upload.encode() + problems(upload);
    for (String value : values) {
      assertThat(answers).doesNotContain(value);
      assertThat(traces.of(value)).as(value).isEmpty();
    }
  }
}
