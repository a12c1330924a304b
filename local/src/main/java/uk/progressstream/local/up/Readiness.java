package uk.progressstream.local.up;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import uk.progressstream.local.service.ServiceAddress;

/** Asks services whether they are ready. */
final class Readiness {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
  private static final int OK = 200;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(ANSWER_WITHIN)
          .build();

  boolean isReady(ServiceAddress address) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address.managementUrl() + "/q/health/ready"))
            .timeout(ANSWER_WITHIN)
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
