package uk.progressstream.breach;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URL;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import uk.progressstream.provisioning.testing.ServiceClient;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

/** The running service as a data protection officer's app meets it, through the gateway. */
public final class BreachApi {
  /** Where breaches are. */
  public static final String BREACHES = "/breach/v1/breaches";

  private final UUID account = UUID.randomUUID();
  private final TestKit kit;
  private final ServiceClient gateway;

  /** For the service at this address. */
  public BreachApi(URL service, TestKit kit) {
    this.kit = kit;
    this.gateway = new ServiceClient(service, kit.tlsOf("gateway"));
  }

  /** The officer's account. */
  public UUID account() {
    return account;
  }

  /** An access token of the officer. */
  public String officer() {
    return kit.tokens().mint(Tokens.none(account, "breach:manage"), "dpo");
  }

  /** The gateway, for other tokens. */
  public ServiceClient gateway() {
    return gateway;
  }

  /** GET as the officer. */
  public HttpResponse<String> get(String path) {
    return gateway.get(path, officer());
  }

  /** POST as the officer. */
  public HttpResponse<String> post(String path, JsonObject body) {
    return gateway.post(path, officer(), body.encode());
  }

  /** POST as the officer with an Idempotency-Key. */
  public HttpResponse<String> post(String path, JsonObject body, String key) {
    return gateway.send(
        gateway
            .request(path, officer())
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString(body.encode())));
  }

  /** A body that opens a breach of which the company has known for so long. */
  public static JsonObject body(Duration ago) {
    Instant awareAt = Instant.now().minus(ago);
    return new JsonObject()
        .put("awareAt", awareAt.toString())
        .put("summary", "An export by an account that should have had no access.")
        .put("suspectedActors", new JsonArray())
        .put("windowFrom", awareAt.minus(Duration.ofDays(2)).toString())
        .put("windowTo", awareAt.toString());
  }

  /** Opens a breach and gives its path. */
  public String open(Duration ago) {
    return BREACHES + "/" + new JsonObject(post(BREACHES, body(ago)).body()).getString("id");
  }

  /** One step of a breach. */
  public JsonObject step(String breach, String step) {
    return new JsonObject(get(breach).body())
        .getJsonArray("steps").stream()
            .map(JsonObject.class::cast)
            .filter(each -> each.getString("step").equals(step))
            .findFirst()
            .orElseThrow();
  }
}
