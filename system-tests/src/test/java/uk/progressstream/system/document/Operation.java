package uk.progressstream.system.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * One operation of a document, and how its example is run.
 *
 * @param document the whole document, which references lead into
 * @param method in upper case
 * @param path with its parameters in braces
 * @param node what the document says of it
 */
public record Operation(JsonNode document, String method, String path, JsonNode node) {
  /** What others call it by; the empty text if it has no name. */
  public String id() {
    return node.path("operationId").asText();
  }

  /** Why its example cannot be run, if somebody has written that down. */
  public Optional<String> skipReason() {
    return text(node.path("x-example-skip"));
  }

  /** The sample account that the example is sent by; without one it is sent without a token. */
  public Optional<String> account() {
    return text(node.path("x-example-account"));
  }

  /** Whether it wants a token. */
  public boolean secured() {
    return !node.path("security").isEmpty();
  }

  /** Operations whose examples come first, for what they leave behind. */
  public List<String> after() {
    return StreamSupport.stream(node.path("x-example-after").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  /** The parameters that its example has. */
  public List<JsonNode> parameters() {
    List<JsonNode> shown = new ArrayList<>();
    for (JsonNode parameter : node.path("parameters")) {
      if (parameter.has("example")) {
        shown.add(parameter);
      }
    }
    return shown;
  }

  /** The status of the example's answer: the one success that is declared, or what is said. */
  public int status() {
    if (node.has("x-example-status")) {
      return node.path("x-example-status").asInt();
    }
    for (Map.Entry<String, JsonNode> response : node.path("responses").properties()) {
      if (response.getKey().startsWith("2")) {
        return Integer.parseInt(response.getKey());
      }
    }
    throw new AssertionError(this + " declares no success");
  }

  /** What is declared of an answer. */
  public JsonNode response(int status) {
    return referred(node.path("responses").path(Integer.toString(status)));
  }

  /** The first media type of the request that has an example, with its name. */
  public Optional<Map.Entry<String, JsonNode>> request() {
    return node.path("requestBody").path("content").properties().stream()
        .filter(type -> type.getValue().has("example"))
        .findFirst();
  }

  /** What is missing of a runnable example; nothing if all is there. */
  public List<String> missing() {
    List<String> missing = new ArrayList<>();
    if (id().isEmpty()) {
      missing.add("operationId");
    }
    if (secured() && account().isEmpty()) {
      missing.add("x-example-account");
    }
    if (node.path("tags").isEmpty()) {
      missing.add("tags");
    }
    if (response(status()).isMissingNode()) {
      missing.add("the answer " + status());
    }
    if (node.has("requestBody") && request().isEmpty()) {
      missing.add("an example of the request body");
    }
    for (JsonNode parameter : node.path("parameters")) {
      if (parameter.path("required").asBoolean() && !parameter.has("example")) {
        missing.add("an example of the parameter " + parameter.path("name").asText());
      }
    }
    for (Map.Entry<String, JsonNode> type : response(status()).path("content").properties()) {
      if (!type.getValue().has("example") && !binary(type.getKey())) {
        missing.add("an example of the answer as " + type.getKey());
      }
    }
    return missing;
  }

  static boolean binary(String mediaType) {
    return mediaType.equals("application/octet-stream");
  }

  private JsonNode referred(JsonNode found) {
    String reference = found.path("$ref").asText();
    return reference.isEmpty() ? found : document.at(reference.substring(1));
  }

  private static Optional<String> text(JsonNode found) {
    return found instanceof MissingNode ? Optional.empty() : Optional.of(found.asText());
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
