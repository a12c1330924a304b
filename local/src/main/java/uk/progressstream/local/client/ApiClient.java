package uk.progressstream.local.client;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.progressstream.local.Failure;

/** The public interface, over HTTPS and nothing else. */
public final class ApiClient {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

  private final HttpClient client;
  private final String base;
  private final @Nullable String token;

  private ApiClient(HttpClient client, String base, @Nullable String token) {
    this.client = client;
    this.base = base;
    this.token = token;
  }

  /** A caller who has not signed in. */
  public static ApiClient anonymous(String base, Path authority) throws IOException {
    return new ApiClient(TlsClient.trusting(authority), base, null);
  }

  /** The same connection with an access token. */
  public ApiClient with(String accessToken) {
    return new ApiClient(client, base, accessToken);
  }

  /** The access token; fails where there is none. */
  public String token() {
    if (token == null) {
      throw new Failure("not signed in");
    }
    return token;
  }

  /** Reads. */
  public Answer get(String path) {
    return send("GET", path, null, BodyPublishers.noBody());
  }

  /** Creates. */
  public Answer post(String path, JsonObject body) {
    return post(path, body, UUID.randomUUID().toString());
  }

  /**
   * Creates, once.
   *
   * @param key the same key gives the same thing again
   */
  public Answer post(String path, JsonObject body, String key) {
    return send("POST", path, "application/json", BodyPublishers.ofString(body.encode()), key);
  }

  /** Replaces. */
  public Answer put(String path, JsonObject body) {
    return send("PUT", path, "application/json", BodyPublishers.ofString(body.encode()));
  }

  /** Removes. */
  public Answer delete(String path) {
    return send("DELETE", path, null, BodyPublishers.noBody());
  }

  /** Sends CSV, once, as a stream. */
  public Answer upload(String path, BodyPublisher csv, String key) {
    return send("POST", path, "text/csv", csv, key);
  }

  /** Begins a download: the answer's head is there, its body is still to be read. */
  public HttpResponse<InputStream> download(String path) {
    HttpRequest request = request("GET", path, null, BodyPublishers.noBody(), null);
    return exchange("GET " + path, request, HttpResponse.BodyHandlers.ofInputStream());
  }

  /** Sends a form. */
  public Answer form(String path, Map<String, String> fields) {
    String form =
        fields.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return send("POST", path, "application/x-www-form-urlencoded", BodyPublishers.ofString(form));
  }

  /** For a query or form. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** A path below the base, or the whole address that a Location header gave. */
  private URI address(String path) {
    return URI.create(path.startsWith("https://") ? path : base + path);
  }

  private Answer send(String method, String path, @Nullable String type, BodyPublisher body) {
    return send(method, path, type, body, null);
  }

  private Answer send(
      String method,
      String path,
      @Nullable String type,
      BodyPublisher body,
      @Nullable String idempotencyKey) {
    String label = method + " " + path.split("\\?", 2)[0];
    HttpResponse<String> response =
        exchange(
            label,
            request(method, path, type, body, idempotencyKey),
            HttpResponse.BodyHandlers.ofString());
    return new Answer(label, response.statusCode(), response.headers(), response.body());
  }

  private HttpRequest request(
      String method,
      String path,
      @Nullable String type,
      BodyPublisher body,
      @Nullable String idempotencyKey) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address(path)).timeout(ANSWER_WITHIN).method(method, body);
    if (type != null) {
      request.header("Content-Type", type);
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (idempotencyKey != null) {
      request.header("Idempotency-Key", idempotencyKey);
    }
    return request.build();
  }

  private <T> HttpResponse<T> exchange(
      String label, HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return client.send(request, handler);
    } catch (IOException e) {
      throw new Failure(label + " got no answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted", e);
    }
  }
}
