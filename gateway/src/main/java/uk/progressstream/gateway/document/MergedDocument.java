package uk.progressstream.gateway.document;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One OpenAPI document of several. A path and an operation's name belong to one service each. What
 * two services call by one name is one thing where it reads the same, and gets the service's name
 * before its own where it does not. What is referred to by name alone (tags, the security scheme)
 * or holds for a whole document is the same for all. What is there for tests alone is left out.
 */
final class MergedDocument {
  private static final String FOR_TESTS = "x-example-";
  private static final String REFERENCE = "$ref";
  private static final String SECURITY = "securitySchemes";
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  private final Map<String, Object> paths = new TreeMap<>();
  private final Map<String, Map<String, Object>> components = new TreeMap<>();
  private final Map<String, Object> tags = new TreeMap<>();
  private final Set<String> operations = new HashSet<>();
  private final Map<String, Object> common = new HashMap<>();

  /**
   * Adds what a service publishes.
   *
   * @throws IllegalArgumentException where another one has a path or an operation of the same name,
   *     or other things that are the same for all
   */
  void add(String service, JsonObject published) {
    JsonObject document = (JsonObject) withoutTests(published);
    JsonObject named = document.getJsonObject("components", new JsonObject());
    addOnce(common, "openapi", document.getValue("openapi"));
    addOnce(common, "security", document.getJsonArray("security", new JsonArray()));
    addOnce(common, SECURITY, named.getJsonObject(SECURITY, new JsonObject()));
    Map<String, String> renames = renames(service, named);
    JsonObject own = (JsonObject) renamed(document, renames);
    addComponents(own.getJsonObject("components", new JsonObject()), renames);
    for (Object tag : own.getJsonArray("tags", new JsonArray())) {
      addOnce(tags, ((JsonObject) tag).getString("name"), tag);
    }
    for (Map.Entry<String, Object> path : own.getJsonObject("paths")) {
      if (paths.put(path.getKey(), path.getValue()) != null) {
        throw new IllegalArgumentException("two services have the path " + path.getKey());
      }
      addOperations((JsonObject) path.getValue());
    }
  }

  /** The document of all that were added. */
  JsonObject json() {
    JsonObject all = new JsonObject();
    all.put("openapi", common.get("openapi"));
    all.put("info", new JsonObject().put("title", "Progress Stream").put("version", "1"));
    all.put("servers", new JsonArray().add(new JsonObject().put("url", "/")));
    all.put("security", common.get("security"));
    all.put("tags", new JsonArray(List.copyOf(tags.values())));
    all.put("paths", new JsonObject(paths));
    JsonObject kinds = new JsonObject();
    components.forEach((kind, things) -> kinds.put(kind, new JsonObject(things)));
    return all.put("components", kinds);
  }

  private static void addOnce(Map<String, Object> known, String name, Object value) {
    Object there = known.putIfAbsent(name, value);
    if (there != null && !there.equals(value)) {
      throw new IllegalArgumentException("two things are called " + name);
    }
  }

  private void addOperations(JsonObject path) {
    for (Map.Entry<String, Object> operation : path) {
      if (METHODS.contains(operation.getKey())) {
        String id = ((JsonObject) operation.getValue()).getString("operationId");
        if (id == null || !operations.add(id)) {
          throw new IllegalArgumentException("an operation has no name of its own: " + id);
        }
      }
    }
  }

  private void addComponents(JsonObject own, Map<String, String> renames) {
    for (Map.Entry<String, Object> kind : own) {
      Map<String, Object> known = components.computeIfAbsent(kind.getKey(), key -> new TreeMap<>());
      for (Map.Entry<String, Object> thing : (JsonObject) kind.getValue()) {
        String reference = "#/components/" + kind.getKey() + "/" + thing.getKey();
        String renamed = renames.getOrDefault(reference, reference);
        addOnce(known, renamed.substring(renamed.lastIndexOf('/') + 1), thing.getValue());
      }
    }
  }

  /**
   * References to what has to be renamed. What refers to something that is renamed is another thing
   * itself, so this looks again until nothing more comes of it.
   */
  private Map<String, String> renames(String service, JsonObject named) {
    Map<String, String> renames = new HashMap<>();
    int before;
    do {
      before = renames.size();
      for (Map.Entry<String, Object> kind : named) {
        Map<String, Object> known = components.getOrDefault(kind.getKey(), Map.of());
        for (Map.Entry<String, Object> thing : (JsonObject) kind.getValue()) {
          Object there = known.get(thing.getKey());
          if (there != null && !there.equals(renamed(thing.getValue(), renames))) {
            String of = "#/components/" + kind.getKey() + "/";
            renames.put(of + thing.getKey(), of + capital(service) + thing.getKey());
          }
        }
      }
    } while (renames.size() > before);
    return renames;
  }

  private static String capital(String service) {
    return Character.toUpperCase(service.charAt(0)) + service.substring(1);
  }

  private static Object renamed(Object value, Map<String, String> renames) {
    if (value instanceof JsonObject object) {
      Map<String, Object> other = new LinkedHashMap<>();
      for (Map.Entry<String, Object> field : object) {
        Object old = field.getValue();
        other.put(
            field.getKey(),
            field.getKey().equals(REFERENCE) && old instanceof String reference
                ? renames.getOrDefault(reference, reference)
                : renamed(old, renames));
      }
      return new JsonObject(other);
    }
    if (value instanceof JsonArray array) {
      JsonArray other = new JsonArray();
      array.forEach(each -> other.add(renamed(each, renames)));
      return other;
    }
    return value;
  }

  private static Object withoutTests(Object value) {
    if (value instanceof JsonObject object) {
      Map<String, Object> other = new LinkedHashMap<>();
      for (Map.Entry<String, Object> field : object) {
        if (!field.getKey().startsWith(FOR_TESTS)) {
          other.put(field.getKey(), withoutTests(field.getValue()));
        }
      }
      return new JsonObject(other);
    }
    if (value instanceof JsonArray array) {
      JsonArray other = new JsonArray();
      array.forEach(each -> other.add(withoutTests(each)));
      return other;
    }
    return value;
  }
}
