package uk.progressstream.log.verify;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Fetches a log's files over HTTPS. */
final class HttpTileSource implements TileSource {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

  private final HttpClient client;
  private final String prefix;

  HttpTileSource(HttpClient client, String prefix) {
    this.client = client;
    this.prefix = prefix.endsWith("/") ? prefix : prefix + "/";
  }

  @Override
  public byte[] fetch(String path) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(prefix + path)).timeout(ANSWER_WITHIN).build();
    try {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new IOException("the log answers " + response.statusCode() + " for " + path);
      }
      return response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
