package uk.progressstream.system.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;

/** Values for parameters and fields: genuine ones, such as their schema has, and odd ones. */
final class Values {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final List<String> ODD =
      List.of(
          "",
          " ",
          "0",
          "-1",
          "1",
          "2147483648",
          "99999999999999999999",
          "NaN",
          "1e9",
          "true",
          "null",
          "undefined",
          "[]",
          "{}",
          "%",
          "%00",
          "\u0000",
          "\u0001",
          "\ud800",
          "\u202e",
          "\ufeff",
          "é",
          "𝔘",
          "'",
          "\"",
          "\\",
          "'; drop table x; --",
          "../..",
          "/",
          ";",
          "a,b",
          "*",
          "\r\nX: y",
          "1-1-1-1-1",
          "00000000-0000-0000-0000-000000000000",
          "2026-02-30T00:00:00Z",
          "-999999999-01-01T00:00:00Z",
          "+999999999-12-31T23:59:59Z",
          "0000-01-01T00:00:00Z",
          "2026-03-02T09:00:00+18:00",
          "2026-03-02",
          "x".repeat(300),
          "ä".repeat(1500));

  private final Random random;
  private final Genuine genuine;
  private final JsonNode document;

  Values(Random random, Genuine genuine, JsonNode document) {
    this.random = random;
    this.genuine = genuine;
    this.document = document;
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** For a parameter: mostly one that is there. */
  String parameter(JsonNode parameter) {
    String name = parameter.path("name").asText();
    List<String> known = genuine.named(name);
    int dice = random.nextInt(100);
    if (dice < 50 && !known.isEmpty()) {
      return any(known);
    }
    if (dice < 70 && parameter.has("example")) {
      return parameter.path("example").asText();
    }
    if (dice < 80) {
      return json(parameter.path("schema"), name, 0).asText();
    }
    return dice < 88 ? anyId() : odd();
  }

  String odd() {
    return any(ODD);
  }

  /** Any id of anything, or of nothing. */
  private String anyId() {
    List<String> all =
        List.of("school", "class", "account", "cluster", "upload", "psId", "record", "breach")
            .stream()
            .flatMap(name -> genuine.named(name).stream())
            .collect(Collectors.toCollection(ArrayList::new));
    all.add(new UUID(random.nextLong(), random.nextLong()).toString());
    return any(all);
  }

  /** A value of a schema, now and then of another. */
  JsonNode json(JsonNode given, String name, int depth) {
    JsonNode schema = resolved(given);
    if (depth > 6 || chance(12)) {
      return wrong();
    }
    if (schema.has("const")) {
      return schema.path("const");
    }
    if (schema.path("enum").size() > 0) {
      return schema.path("enum").get(random.nextInt(schema.path("enum").size()));
    }
    for (String choice : List.of("anyOf", "oneOf")) {
      if (schema.path(choice).size() > 0) {
        return json(
            schema.path(choice).get(random.nextInt(schema.path(choice).size())), name, depth + 1);
      }
    }
    return switch (type(schema)) {
      case "object" -> object(schema, depth);
      case "array" -> array(schema, name, depth);
      case "integer", "number" ->
          NODES.numberNode(any(List.of(0, 1, -1, 5, 100, 1000, Integer.MAX_VALUE)));
      case "boolean" -> NODES.booleanNode(random.nextBoolean());
      default -> NODES.textNode(text(schema, name));
    };
  }

  private ObjectNode object(JsonNode schema, int depth) {
    ObjectNode object = NODES.objectNode();
    for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
      if (!chance(10)) {
        object.set(field.getKey(), json(field.getValue(), field.getKey(), depth + 1));
      }
    }
    if (chance(10)) {
      object.set(odd(), wrong());
    }
    return object;
  }

  private ArrayNode array(JsonNode schema, String name, int depth) {
    ArrayNode array = NODES.arrayNode();
    int size = any(List.of(0, 1, 1, 2, 3, 300));
    String singular = name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
    for (int i = 0; i < size; i++) {
      array.add(json(schema.path("items"), singular, depth + 1));
    }
    return array;
  }

  private String text(JsonNode schema, String name) {
    List<String> known = genuine.named(name);
    if (!known.isEmpty() && chance(80)) {
      return any(known);
    }
    if (chance(15)) {
      return odd();
    }
    return switch (schema.path("format").asText()) {
      case "uuid" -> anyId();
      case "date-time" ->
          "2026-0%d-0%dT09:00:00Z".formatted(1 + random.nextInt(9), 1 + random.nextInt(9));
      default ->
          any(
              List.of(
                  "Maths",
                  "personal-data",
                  "google",
                  "teacher",
                  "word ".repeat(1 + random.nextInt(5))));
    };
  }

  private JsonNode wrong() {
    return switch (random.nextInt(6)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.numberNode(random.nextLong());
      case 2 -> NODES.arrayNode().add(NODES.nullNode());
      case 3 -> NODES.objectNode();
      case 4 -> NODES.booleanNode(true);
      default -> NODES.textNode(odd());
    };
  }

  private static String type(JsonNode schema) {
    if (schema.path("type").isArray()) {
      return schema.path("type").get(0).asText();
    }
    return schema.has("properties") ? "object" : schema.path("type").asText("string");
  }

  private JsonNode resolved(JsonNode schema) {
    String reference = schema.path("$ref").asText();
    return reference.isEmpty() ? schema : resolved(document.at(reference.substring(1)));
  }
}
