package uk.progressstream.local.client;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpHeaders;
import uk.progressstream.local.Failure;

/**
 * What a server said.
 *
 * @param request method and path, to say what it was about
 * @param status HTTP status
 * @param headers of the answer
 * @param body as text
 */
public record Answer(String request, int status, HttpHeaders headers, String body) {
  private static final int EXCERPT = 300;

  /** Fails unless it has this status. */
  public Answer require(int expected) {
    if (status != expected) {
      throw new Failure(
          "%s answered %d, not %d: %s"
              .formatted(
                  request, status, expected, body.substring(0, Math.min(EXCERPT, body.length()))));
    }
    return this;
  }

  /** The body as an object. */
  public JsonObject json() {
    try {
      return new JsonObject(body);
    } catch (DecodeException e) {
      throw new Failure(request + " answered no JSON object", e);
    }
  }

  /** The items of a list. */
  public JsonArray items() {
    return json().getJsonArray("items", new JsonArray());
  }

  /** A header, or nothing. */
  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }
}
