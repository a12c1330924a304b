package uk.progressstream.audit.cosigning;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Optional;
import uk.progressstream.log.witness.AddCheckpoint;

/** Sends a witness what it is to cosign. */
@ApplicationScoped
public class WitnessClient {
  private static final int ANSWER_WITHIN_MS = 5_000;
  private static final int BODY_CHARS_MAX = 16_384;

  private final WebClient client;

  WitnessClient(Vertx vertx) {
    this.client =
        WebClient.create(
            vertx,
            new WebClientOptions()
                .setFollowRedirects(false)
                .setConnectTimeout(ANSWER_WITHIN_MS)
                .setUserAgentEnabled(false));
  }

  /**
   * What it answered.
   *
   * @param status of HTTP
   * @param body nothing where it is too long
   */
  record Answer(int status, String body) {

    /** The size that it says it cosigned last, where it says one. */
    Optional<Long> size() {
      return body.matches("(0|[1-9][0-9]{0,17})\n")
          ? Optional.of(Long.valueOf(body.strip()))
          : Optional.empty();
    }
  }

  /**
   * Asks.
   *
   * @param prefix where the witness takes checkpoints
   */
  Uni<Answer> add(URI prefix, AddCheckpoint request) {
    String base = prefix.toString();
    return client
        .postAbs(base + (base.endsWith("/") ? "" : "/") + "add-checkpoint")
        .timeout(ANSWER_WITHIN_MS)
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .sendBuffer(Buffer.buffer(request.text()))
        .map(WitnessClient::answer);
  }

  private static Answer answer(HttpResponse<Buffer> response) {
    String body = response.bodyAsString();
    return new Answer(
        response.statusCode(), body == null || body.length() > BODY_CHARS_MAX ? "" : body);
  }
}
