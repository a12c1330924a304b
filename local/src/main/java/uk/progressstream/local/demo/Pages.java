package uk.progressstream.local.demo;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.progressstream.local.client.ApiClient;

/** Reads lists to their end. */
final class Pages {
  private static final int OK = 200;
  private static final int LIMIT = 1000;

  private Pages() {}

  static List<JsonObject> all(ApiClient client, String path) {
    List<JsonObject> items = new ArrayList<>();
    String separator = path.contains("?") ? "&" : "?";
    @Nullable String next = null;
    do {
      String after = next == null ? "" : "&after=" + ApiClient.encoded(next);
      JsonObject page = client.get(path + separator + "limit=" + LIMIT + after).require(OK).json();
      page.getJsonArray("items").forEach(item -> items.add((JsonObject) item));
      next = page.getString("next");
    } while (next != null);
    return items;
  }
}
