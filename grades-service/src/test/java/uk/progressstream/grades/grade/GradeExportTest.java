package uk.progressstream.grades.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.progressstream.grades.grade.SampleGrades.A1;
import static uk.progressstream.grades.grade.SampleGrades.PUPILS;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.URL;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.ServiceClient;
import uk.progressstream.provisioning.testing.ServiceTestResource;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

/** The log does not answer here unless the test answers in its place, in the outbox. */
@QuarkusTest
@Proves("D14")
@WithTestResource(
    value = ServiceTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "grades"))
class GradeExportTest {
  private static final String EXPORT = "/grades/v1/grades/export";
  private static final String ANSWERED =
      "update outbox.event set position = 7 where kind = 'grades.export' and position is null";

  @TestHTTPResource(value = "/", tls = true)
  URL service;

  private TestKit kit;
  private ServiceClient gateway;
  private String teacher;

  @BeforeEach
  void seed() throws SQLException {
    kit = TestKit.current();
    gateway = new ServiceClient(service, kit.tlsOf("gateway"));
    teacher =
        kit.tokens()
            .mint(
                Tokens.classes(UUID.randomUUID(), Set.of(A1), "grades:read", "grades:export"),
                "teacher");
    try (Connection superuser = kit.superuser()) {
      SampleGrades.seed(superuser);
    }
  }

  @Test
  @DisplayName("While the log gives no answer a download gets no byte")
  void noRecordNoByte() {
    HttpResponse<String> answer = gateway.get(EXPORT, teacher);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("retry-after")).isPresent();
    assertThat(answer.body()).doesNotContain(A1.schoolClass().toString());
  }

  @Test
  @DisplayName("A download names its record, gives the scope's rows and records how it ended")
  void aDownloadIsRecordedBeforeAndAfter() throws SQLException {
    CompletableFuture<HttpResponse<String>> download =
        CompletableFuture.supplyAsync(() -> gateway.get(EXPORT, teacher));
    answerAsTheLogUntil(download);

    HttpResponse<String> answer = download.join();
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/csv"));
    assertThat(answer.body().lines()).hasSize(1 + PUPILS);
    String record = answer.headers().firstValue("audit-record").orElseThrow();
    JsonObject ended = ended(record);
    assertThat(ended.getLong("rows")).isEqualTo(PUPILS);
    assertThat(ended.getLong("bytes")).isEqualTo(answer.body().length());
    assertThat(ended.getString("outcome")).isEqualTo("completed");
  }

  private void answerAsTheLogUntil(CompletableFuture<?> done) throws SQLException {
    try (Connection superuser = kit.superuser()) {
      while (!done.isDone()) {
        superuser.createStatement().execute(ANSWERED);
      }
    }
  }

  private JsonObject ended(String record) throws SQLException {
    String sql =
        "select body from outbox.event where kind = 'grades.export.ended' and body like '%"
            + record
            + "%'";
    try (Connection superuser = kit.superuser();
        ResultSet rows = superuser.createStatement().executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return new JsonObject(rows.getString(1));
    }
  }
}
