package uk.progressstream.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.provisioning.proof.Proves;

@QuarkusTest
@WithTestResource(IngestTestResource.class)
class UploadProblemTest extends UploadTest {
  private static final String ANSWERED =
      "update outbox.event set position = 7 where kind = 'uploads.problems-export' and position is null";

  @Test
  @DisplayName("Problems come in pages, in the order of the file, each with what to do")
  void pages() {
    String path =
        problemsPath(sent("grades", GRADES_HEADER + GRADE.replace(",14", ",21").repeat(5)));

    JsonObject first = new JsonObject(gateway.get(path + "?limit=3", sender).body());
    JsonObject second =
        new JsonObject(
            gateway.get(path + "?limit=3&after=" + first.getString("next"), sender).body());

    assertThat(first.getJsonArray("items").stream().map(p -> ((JsonObject) p).getLong("row")))
        .containsExactly(2L, 3L, 4L);
    assertThat(second.getJsonArray("items").stream().map(p -> ((JsonObject) p).getLong("row")))
        .containsExactly(5L, 6L);
    assertThat(second.getString("next")).isNull();
    assertThat(first.getJsonArray("items").getJsonObject(0).fieldNames())
        .containsExactlyInAnyOrder("row", "column", "code", "hint");
  }

  @Test
  @Proves("D14")
  @DisplayName("Problems as a file leave only after the log has the record of it")
  void download() throws SQLException {
    String path = problemsPath(sent("grades", GRADES_HEADER + GRADE.replace(",14", ",21")));

    assertThat(csv(path).statusCode()).isEqualTo(503);
    CompletableFuture<HttpResponse<String>> download =
        CompletableFuture.supplyAsync(() -> csv(path));
    answerAsTheLogUntil(download);

    assertThat(download.join().statusCode()).isEqualTo(200);
    assertThat(download.join().headers().firstValue("audit-record")).isPresent();
    assertThat(download.join().body().lines().toList().get(0)).isEqualTo("row,column,code,hint");
    assertThat(download.join().body().lines().toList().get(1))
        .startsWith("2,grade,grade-not-in-scale,");
  }

  @Test
  @DisplayName("The list of problems has an end, the count of refused rows has not")
  void manyProblems() {
    JsonObject upload = sent("grades", GRADES_HEADER + GRADE.replace(",14", ",21").repeat(300));
    String listed = gateway.get(problemsPath(upload) + "?limit=1000", sender).body();

    assertThat(upload.getLong("rowsRefused")).isEqualTo(300);
    assertThat(new JsonObject(listed).getJsonArray("items")).hasSize(201);
    assertThat(listed).contains("more-problems");
  }

  private HttpResponse<String> csv(String path) {
    return gateway.send(gateway.request(path, sender).header("Accept", "text/csv").GET());
  }

  private static String problemsPath(JsonObject upload) {
    return UPLOADS + "/" + upload.getString("id") + "/problems";
  }

  private void answerAsTheLogUntil(CompletableFuture<?> done) throws SQLException {
    try (Connection superuser = kit.superuser()) {
      while (!done.isDone()) {
        superuser.createStatement().execute(ANSWERED);
      }
    }
  }
}
