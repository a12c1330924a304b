package uk.progressstream.log.verify;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Fetches a log's files, and a school's records from it, over HTTPS. */
final class HttpTileSource implements TileSource {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
  private static final int NOT_FOUND = 404;

  /** More than the largest bundle: 256 entries of 65,535 bytes and their lengths. */
  private static final int FILE_BYTES_MAX = 17 << 20;

  private final HttpClient client;
  private final String prefix;

  HttpTileSource(HttpClient client, String prefix) {
    this.client = client;
    this.prefix = prefix.endsWith("/") ? prefix : prefix + "/";
  }

  /** Reads lines as they come. */
  @FunctionalInterface
  interface LineReader {
    void read(BufferedReader lines) throws IOException;
  }

  @Override
  public byte[] fetch(String path) throws IOException {
    HttpResponse<InputStream> response = send(request(path).timeout(ANSWER_WITHIN).build(), path);
    try (InputStream body = response.body()) {
      byte[] bytes = body.readNBytes(FILE_BYTES_MAX + 1);
      if (bytes.length > FILE_BYTES_MAX) {
        throw new IOException("the log gives too much for " + path);
      }
      return bytes;
    }
  }

  /**
   * Downloads records.
   *
   * @param token an access token of the school
   * @return ids of the records of this download itself, which the log says it holds already
   */
  List<String> download(String path, String token, LineReader reader) throws IOException {
    HttpResponse<InputStream> response =
        send(request(path).header("Authorization", "Bearer " + token).build(), path);
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      reader.read(lines);
    }
    String records =
        response
            .headers()
            .firstValue("Audit-Record")
            .orElseThrow(() -> new IOException("the download names no record of itself"));
    return List.of(records.split(","));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(prefix + path));
  }

  private HttpResponse<InputStream> send(HttpRequest request, String path) throws IOException {
    try {
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        response.body().close();
        String answer = "the log answers " + response.statusCode() + " for " + path;
        throw response.statusCode() == NOT_FOUND
            ? new FileNotFoundException(answer)
            : new IOException(answer);
      }
      return response;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
