package uk.progressstream.system.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uk.progressstream.system.running.Databases;
import uk.progressstream.system.running.RunningSystem;

/** The OpenAPI documents of a running system, as its services publish them. */
public final class Documents {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  private final Map<String, String> texts = new HashMap<>();
  private final List<Operation> operations = new ArrayList<>();

  /** Fetches all of them. */
  public static Documents of(RunningSystem system) {
    Documents documents = new Documents();
    // Over plain text the JDK would ask for HTTP/2 by an upgrade, and now and then misread the
    // answer.
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    for (String service : Databases.NAMES) {
      String management = system.service(service).getString("managementUrl");
      documents.add(service, fetch(client, URI.create(management + "/q/openapi?format=json")));
    }
    return documents;
  }

  /** A document as it was sent. */
  public String text(String service) {
    return Optional.ofNullable(texts.get(service)).orElseThrow();
  }

  /** All operations of all services. */
  public List<Operation> operations() {
    return operations;
  }

  /** The operation of a name. */
  public Operation named(String id) {
    return operations.stream()
        .filter(operation -> operation.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no document has an operation " + id));
  }

  private void add(String service, String text) {
    texts.put(service, text);
    operations.addAll(operations(text));
  }

  /** The operations of one document. */
  static List<Operation> operations(String text) {
    List<Operation> operations = new ArrayList<>();
    try {
      JsonNode document = new JsonMapper().readTree(text);
      for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
        for (Map.Entry<String, JsonNode> entry : path.getValue().properties()) {
          if (METHODS.contains(entry.getKey())) {
            operations.add(
                new Operation(
                    document,
                    entry.getKey().toUpperCase(Locale.ROOT),
                    path.getKey(),
                    entry.getValue()));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return operations;
  }

  private static String fetch(HttpClient client, URI address) {
    try {
      return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
