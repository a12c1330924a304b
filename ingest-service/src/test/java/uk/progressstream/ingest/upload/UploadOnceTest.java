package uk.progressstream.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(IngestTestResource.class)
class UploadOnceTest extends UploadTest {
  private final String key = "Jane Smith's upload " + UUID.randomUUID();

  @Test
  @DisplayName("The same key again answers with the same upload and stores nothing")
  void sameKey() throws SQLException {
    JsonObject first = new JsonObject(sendWithKey("grades").body());
    HttpResponse<String> again = sendWithKey("grades");

    assertThat(again.statusCode()).isEqualTo(202);
    assertThat(new JsonObject(again.body())).isEqualTo(first);
    assertThat(peers.stores.grades).hasSize(1);
    assertThat(storedKey(first)).matches("[0-9a-f]{64}").doesNotContain("Jane");
  }

  @Test
  @DisplayName("The same key for another request is refused")
  void otherRequest() {
    sendWithKey("grades");

    HttpResponse<String> other = sendWithKey("sensitive");
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(other.body()).contains("idempotency-key-reused").doesNotContain("Jane");
  }

  @Test
  @DisplayName("The same key at another school is another key")
  void otherSchool() {
    JsonObject first = new JsonObject(sendWithKey("grades").body());
    UploadOnceTest elsewhere = new UploadOnceTest();
    elsewhere.kit = kit;
    elsewhere.gateway = gateway;
    elsewhere.sender =
        elsewhere.token("uploads:read", "uploads:write", "grades:write", "vault:write");

    assertThat(elsewhere.sendWithKey("grades", key).body()).doesNotContain(first.getString("id"));
  }

  @Test
  @DisplayName(
      "An upload that failed gives its key back, so that the same request can be sent again")
  void afterFailure() {
    peers.failNext(100, Status.UNAVAILABLE);
    JsonObject failed = new JsonObject(sendWithKey("grades").body());
    peers.failNext(0, Status.UNAVAILABLE);
    JsonObject again = new JsonObject(sendWithKey("grades").body());

    assertThat(failed.getString("state")).isEqualTo("failed");
    assertThat(again.getString("state")).isEqualTo("completed");
    assertThat(again.getString("id")).isNotEqualTo(failed.getString("id"));
  }

  @Test
  @DisplayName("An upload whose process died shows as failed and gives its key back")
  void afterDeath() throws SQLException {
    JsonObject dead = new JsonObject(sendWithKey("grades").body());
    try (Connection superuser = kit.superuser()) {
      superuser
          .createStatement()
          .execute(
              "update upload set state = 'running', finished_at = null, touched_at = now() - interval '4 minutes'"
                  + " where id = '"
                  + dead.getString("id")
                  + "'");
    }

    assertThat(gateway.get(UPLOADS + "/" + dead.getString("id"), sender).body())
        .contains("\"state\":\"failed\"");
    assertThat(new JsonObject(sendWithKey("grades").body()).getString("id"))
        .isNotEqualTo(dead.getString("id"));
  }

  private HttpResponse<String> sendWithKey(String kind) {
    return sendWithKey(kind, key);
  }

  private HttpResponse<String> sendWithKey(String kind, String idempotencyKey) {
    return gateway.send(
        upload("&kind=" + kind, HttpRequest.BodyPublishers.ofString(GRADES_HEADER + GRADE))
            .header("Idempotency-Key", idempotencyKey));
  }

  private String storedKey(JsonObject upload) throws SQLException {
    try (Connection superuser = kit.superuser();
        var rows =
            superuser
                .createStatement()
                .executeQuery(
                    "select key_digest from upload where id = '" + upload.getString("id") + "'")) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
