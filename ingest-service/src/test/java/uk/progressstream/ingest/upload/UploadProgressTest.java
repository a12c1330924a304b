package uk.progressstream.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.provisioning.testing.ServiceClient;
import uk.progressstream.provisioning.testing.Tokens;

@QuarkusTest
@WithTestResource(IngestTestResource.class)
class UploadProgressTest extends UploadTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  @DisplayName("While a file is still on its way others see how far it is, and hear its end")
  void progress() throws Exception {
    Bodies.Slow body = new Bodies.Slow();
    CompletableFuture<HttpResponse<String>> sending = sending(body);
    body.write(GRADES_HEADER + GRADE.repeat(1500));
    JsonObject running = running(1000);
    CompletableFuture<HttpResponse<String>> listening =
        CompletableFuture.supplyAsync(
            () -> gateway.get(UPLOADS + "/" + running.getString("id") + "/progress", sender));
    body.write(GRADE.repeat(500));
    body.end();

    assertThat(new JsonObject(sending.get().body()).getLong("rowsAccepted")).isEqualTo(2000);
    List<String> heard = states(listening.get());
    assertThat(heard.get(heard.size() - 1)).isEqualTo("completed");
    assertThat(listening.get().headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
  }

  @Test
  @DisplayName("The body is read no faster than it is stored")
  void backPressure() throws Exception {
    peers.stores.block();
    Bodies.Slow body = new Bodies.Slow();
    CompletableFuture<HttpResponse<String>> sending = sending(body);
    body.write(GRADES_HEADER + GRADE.repeat(60_000));
    body.end();
    running(0);
    awaitStandstill(body);

    assertThat(body.bytesGiven()).isLessThan(1_000_000);
    peers.stores.unblock();
    assertThat(new JsonObject(sending.get().body()).getLong("rowsAccepted")).isEqualTo(60_000);
  }

  /** Until nobody has taken anything for a second. */
  private static void awaitStandstill(Bodies.Slow body) throws InterruptedException {
    long begin = System.nanoTime();
    long given = -1;
    while (given != body.bytesGiven()) {
      assertThat(System.nanoTime() - begin).isLessThan(PATIENCE.toNanos());
      given = body.bytesGiven();
      Thread.sleep(1000);
    }
  }

  @Test
  @DisplayName(
      "A peer that fails for a moment is asked again; one that stays away ends the upload, with honest counts")
  void peers() {
    peers.failNext(2, Status.UNAVAILABLE);
    assertThat(sent("grades", GRADES_HEADER + GRADE).getString("state")).isEqualTo("completed");

    peers.failNext(100, Status.UNAVAILABLE);
    JsonObject failed = sent("grades", GRADES_HEADER + GRADE);
    assertThat(failed.getString("state")).isEqualTo("failed");
    assertThat(failed.getLong("rowsAccepted")).isZero();
    assertThat(problems(failed).get(0).getString("code")).isEqualTo("peer-unavailable");

    peers.failNext(1, Status.INVALID_ARGUMENT);
    JsonObject refused = sent("grades", GRADES_HEADER + GRADE);
    assertThat(problems(refused).get(0).getString("code")).isEqualTo("peer-refused");
  }

  @Test
  @DisplayName("A sender that hangs up leaves a failed upload, with what was stored before")
  void hangsUp() throws Exception {
    Bodies.Slow body = new Bodies.Slow();
    CompletableFuture<HttpResponse<String>> sending = sending(body);
    body.write(GRADES_HEADER + GRADE.repeat(1500));
    running(1000);
    body.breakOff();

    assertThat(sending).failsWithin(PATIENCE);
    JsonObject upload = await("failed", 1000);
    assertThat(problems(upload)).extracting(p -> p.getString("code")).contains("body-cut-off");
  }

  @Test
  @DisplayName("A sender who trickles is cut off, and its upload says so")
  void trickles() throws Exception {
    try (ChunkedUpload upload = upload()) {
      upload.write(GRADES_HEADER);
      long begin = System.nanoTime();
      while (find("failed", 0) == null) {
        assertThat(System.nanoTime() - begin).isLessThan(PATIENCE.toNanos());
        upload.write("A");
        Thread.sleep(50);
      }

      assertThat(upload.status()).startsWith("HTTP/1.1 408 ");
      assertThat(problems(await("failed", 0)))
          .extracting(problem -> problem.getString("code"))
          .contains("too-slow");
    }
  }

  @Test
  @DisplayName("A school that uses up its places waits, and keeps no other school out")
  void placesOfASchool() throws Exception {
    try (ChunkedUpload first = upload();
        ChunkedUpload second = upload()) {
      first.write(GRADES_HEADER);
      second.write(GRADES_HEADER);
      awaitBegun(2);

      HttpResponse<String> third = send("grades", GRADES_HEADER + GRADE);
      assertThat(third.statusCode()).isEqualTo(429);
      assertThat(third.headers().firstValue("retry-after")).isPresent();
      assertThat(sendOfAnotherSchool().statusCode()).isEqualTo(202);

      first.end();
      assertThat(first.status()).startsWith("HTTP/1.1 202 ");
      assertThat(send("grades", GRADES_HEADER + GRADE).statusCode()).isEqualTo(202);
    }
  }

  private ChunkedUpload upload() throws IOException {
    String path = UPLOADS + "?school=" + school + "&kind=grades";
    return new ChunkedUpload(service, kit.tlsOf("gateway"), path, sender);
  }

  private HttpResponse<String> sendOfAnotherSchool() {
    UUID other = UUID.randomUUID();
    String token =
        kit.tokens()
            .mint(
                Tokens.schools(
                    UUID.randomUUID(),
                    Set.of(other),
                    "uploads:read",
                    "uploads:write",
                    "grades:write",
                    "vault:write"),
                "partner-system");
    return gateway.send(
        gateway
            .request(UPLOADS + "?school=" + other + "&kind=grades", token)
            .header("Content-Type", "text/csv")
            .POST(HttpRequest.BodyPublishers.ofString(GRADES_HEADER + GRADE)));
  }

  private void awaitBegun(int count) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (uploads().size() < count) {
      assertThat(Instant.now()).isBefore(end);
      Thread.sleep(50);
    }
  }

  private List<JsonObject> uploads() {
    return new JsonObject(gateway.get(UPLOADS + "?school=" + school, sender).body())
        .getJsonArray("items").stream().map(JsonObject.class::cast).toList();
  }

  private CompletableFuture<HttpResponse<String>> sending(Bodies.Slow body) {
    // A client of its own: one that waits for its body would keep others on the connection waiting.
    ServiceClient own = new ServiceClient(service, kit.tlsOf("gateway"));
    return CompletableFuture.supplyAsync(() -> own.send(upload("&kind=grades", body.publisher())));
  }

  private JsonObject running(long acceptedMin) throws InterruptedException {
    return await("running", acceptedMin);
  }

  private JsonObject await(String state, long acceptedMin) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end)) {
      JsonObject found = find(state, acceptedMin);
      if (found != null) {
        return found;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("no upload became " + state);
  }

  private @Nullable JsonObject find(String state, long acceptedMin) {
    return uploads().stream()
        .filter(upload -> upload.getString("state").equals(state))
        .filter(upload -> upload.getLong("rowsAccepted") >= acceptedMin)
        .findFirst()
        .orElse(null);
  }

  private static List<String> states(HttpResponse<String> events) {
    return events
        .body()
        .lines()
        .filter(line -> line.startsWith("data:"))
        .map(line -> new JsonObject(line.substring(5)).getString("state"))
        .toList();
  }
}
