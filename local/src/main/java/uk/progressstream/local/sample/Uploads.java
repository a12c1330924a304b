package uk.progressstream.local.sample;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import uk.progressstream.local.Failure;
import uk.progressstream.local.client.ApiClient;
import uk.progressstream.local.up.Bar;

/** Sends files to ingest and waits for what becomes of them. */
public final class Uploads {
  private static final int ACCEPTED = 202;
  private static final int OK = 200;
  private static final Set<String> UNDER_WAY = Set.of("received", "running");
  private static final Duration DONE_WITHIN = Duration.ofMinutes(2);
  private static final long POLL_MS = 100;

  private Uploads() {}

  /**
   * Uploads a file as a stream.
   *
   * @param key the same key gives the earlier upload again
   * @return the upload once it has ended, well or not
   */
  public static JsonObject send(
      ApiClient sender, UUID school, String kind, String csv, String key) {
    byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
    try (Bar bar = Bar.open(kind, bytes.length, " KiB", 1024)) {
      String path = "/ingest/v1/uploads?school=" + school + "&kind=" + kind;
      String location =
          sender
              .upload(
                  path,
                  BodyPublishers.ofInputStream(
                      () -> new Watched(new ByteArrayInputStream(bytes), bar)),
                  key)
              .require(ACCEPTED)
              .header("Location");
      return await(sender, location);
    }
  }

  /** What was wrong with an upload. */
  public static String problems(ApiClient sender, JsonObject upload) {
    return sender
        .get("/ingest/v1/uploads/" + upload.getString("id") + "/problems")
        .require(OK)
        .body();
  }

  private static JsonObject await(ApiClient sender, String location) {
    Instant deadline = Instant.now().plus(DONE_WITHIN);
    while (Instant.now().isBefore(deadline)) {
      JsonObject upload = sender.get(location).require(OK).json();
      if (!UNDER_WAY.contains(upload.getString("state"))) {
        return upload;
      }
      pause();
    }
    throw new Failure("an upload did not end within " + DONE_WITHIN.toSeconds() + " s");
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted", e);
    }
  }
}
