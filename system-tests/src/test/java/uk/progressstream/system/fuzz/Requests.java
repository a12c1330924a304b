package uk.progressstream.system.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.stream.StreamSupport;
import uk.progressstream.system.document.Operation;
import uk.progressstream.system.document.Prepared;

/** Makes requests of operations. */
final class Requests {
  private static final List<String> TYPES =
      List.of(
          "application/json",
          "text/csv",
          "text/plain",
          "application/x-www-form-urlencoded",
          "",
          "odd/odd");

  private final Random random;
  private final Genuine genuine;

  Requests(Random random, Genuine genuine) {
    this.random = random;
    this.genuine = genuine;
  }

  /** One of an operation, right or wrong. */
  Prepared of(Operation operation) {
    Values values = new Values(random, genuine, operation.document());
    String path = operation.path();
    StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    Map<String, String> headers = new LinkedHashMap<>();
    for (JsonNode parameter : parameters(operation)) {
      String name = parameter.path("name").asText();
      switch (parameter.path("in").asText()) {
        case "path" -> path = path.replace("{" + name + "}", segment(values.parameter(parameter)));
        case "query" -> addQuery(query, name, values, parameter);
        default -> addHeader(headers, name, values, parameter);
      }
    }
    if (values.chance(5)) {
      query.add(encoded(values.odd()) + "=" + encoded(values.odd()));
    }
    String method =
        operation.method().equals("GET") && values.chance(10) ? "HEAD" : operation.method();
    String body = body(operation, values, headers);
    if (values.chance(10)) {
      headers.put(
          "Accept",
          values.any(List.of("*/*", "application/json", "text/csv", "image/png", ";", "*/*;q=0")));
    }
    return new Prepared(method, path + query, headers, body);
  }

  private static List<JsonNode> parameters(Operation operation) {
    return StreamSupport.stream(operation.node().path("parameters").spliterator(), false).toList();
  }

  private void addQuery(StringJoiner query, String name, Values values, JsonNode parameter) {
    if (name.equals("dryRun")) {
      // Whatever else is odd about an upload: it must not become a real one of the shared sample.
      query.add("dryRun=true");
      return;
    }
    for (int times = values.chance(5) ? 2 : 1; times > 0; times--) {
      if (!values.chance(30)) {
        query.add(name + "=" + encoded(values.parameter(parameter)));
      }
    }
  }

  private static void addHeader(
      Map<String, String> headers, String name, Values values, JsonNode parameter) {
    if (values.chance(15)) {
      return;
    }
    String value =
        name.equals("Idempotency-Key") && values.chance(70)
            ? new UUID(values.any(List.of(1L, 2L, 3L)), values.any(List.of(4L, 5L, 6L))).toString()
            : values.parameter(parameter);
    // What can't stand in a field can't be sent: it would be another request.
    headers.put(name, value.replaceAll("[^ -~]", "?"));
  }

  private String body(Operation operation, Values values, Map<String, String> headers) {
    Map<String, JsonNode> content = new LinkedHashMap<>();
    operation
        .node()
        .path("requestBody")
        .path("content")
        .properties()
        .forEach(type -> content.put(type.getKey(), type.getValue()));
    if (content.isEmpty()) {
      return "";
    }
    String type = values.any(List.copyOf(content.keySet()));
    String sent = values.chance(6) ? values.any(TYPES) : type;
    if (!sent.isEmpty()) {
      headers.put("Content-Type", sent);
    }
    JsonNode declared = Objects.requireNonNull(content.get(type));
    JsonNode schema = declared.path("schema");
    if (type.contains("json")) {
      return values.json(schema, "", 0).toString();
    }
    JsonNode example = declared.path("example");
    if (type.contains("form")) {
      StringJoiner form = new StringJoiner("&");
      JsonNode fields = values.json(schema, "", 0);
      fields
          .properties()
          .forEach(field -> form.add(field.getKey() + "=" + encoded(field.getValue().asText())));
      return form.toString();
    }
    return mutated(example.asText(), values);
  }

  private String mutated(String text, Values values) {
    if (text.isEmpty() || values.chance(30)) {
      return text;
    }
    int at = random.nextInt(text.length());
    return text.substring(0, at)
        + values.odd()
        + text.substring(values.chance(50) ? at : text.length());
  }

  /** A part of a path that stays one. */
  private static String segment(String value) {
    return value.isEmpty() ? "-" : encoded(value);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
