package uk.progressstream.local.client;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
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

  /** Creates, with an idempotency key of its own. */
  public Answer post(String path, JsonObject body) {
    return send("POST", path, "application/json", BodyPublishers.ofString(body.encode()));
  }

  /** Replaces. */
  public Answer put(String path, JsonObject body) {
    return send("PUT", path, "application/json", BodyPublishers.ofString(body.encode()));
  }

  /** Removes. */
  public Answer delete(String path) {
    return send("DELETE", path, null, BodyPublishers.noBody());
  }

  /** Sends CSV. */
  public Answer upload(String path, BodyPublisher csv) {
    return send("POST", path, "text/csv", csv);
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

  private Answer send(String method, String path, @Nullable String type, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(ANSWER_WITHIN).method(method, body);
    if (type != null) {
      request.header("Content-Type", type);
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (method.equals("POST")) {
      request.header("Idempotency-Key", UUID.randomUUID().toString());
    }
    return send(method + " " + path.split("\\?")[0], request.build());
  }

  private Answer send(String label, HttpRequest request) {
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(label, response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new Failure(label + " got no answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted", e);
    }
  }
}
