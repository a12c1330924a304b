package uk.progressstream.provisioning.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Calls the service under test over mutual TLS, as one peer. */
public final class ServiceClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final URI base;
  private final HttpClient client;

  /**
   * A client with the certificate of a peer.
   *
   * @param base the service's own address
   * @param tls from {@link TestKit#tlsOf} and its kin
   */
  public ServiceClient(URL base, SSLContext tls) {
    this.base = URI.create(base.toString());
    this.client = HttpClient.newBuilder().sslContext(tls).connectTimeout(TIMEOUT).build();
  }

  /** GET. */
  public HttpResponse<String> get(String path, @Nullable String token) {
    return send(request(path, token).GET());
  }

  /** POST of JSON. */
  public HttpResponse<String> post(String path, @Nullable String token, String json) {
    return send(
        request(path, token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  /** A request to this path, to be finished by the test. */
  public HttpRequest.Builder request(String path, @Nullable String token) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  /** Sends it; fails with {@link UncheckedIOException} where the connection is refused. */
  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
