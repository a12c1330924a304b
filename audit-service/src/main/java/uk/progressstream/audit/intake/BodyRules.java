package uk.progressstream.audit.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import uk.progressstream.platform.outbox.Outcome;

/**
 * What a body of an event may hold: opaque ids, counts, and words of our own. There is no key for
 * anything else, so that nothing about a pupil can get into a log that forgets nothing.
 */
final class BodyRules {
  private static final int ITEMS_MAX = 10_000;
  private static final long COUNT_MAX = 1L << 53;
  private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]{0,63}");
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9.-]{1,20}");
  private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,39}");
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9 ._:/&,+-]{0,200}");
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private static final Map<String, Predicate<JsonNode>> RULES =
      Map.ofEntries(
          Map.entry("actor", matching(UUID_TEXT)),
          Map.entry("role", matching(WORD)),
          Map.entry("resource", matching(WORD)),
          Map.entry("purpose", matching(WORD)),
          Map.entry("outcome", BodyRules::isOutcome),
          Map.entry("policyVersion", matching(VERSION)),
          Map.entry("concerns", matching(UUID_TEXT)),
          Map.entry("classes", listOf(matching(UUID_TEXT))),
          Map.entry("columns", listOf(JsonNode::isTextual)),
          Map.entry("filter", BodyRules::isFilter),
          Map.entry("rows", BodyRules::isCount),
          Map.entry("pupils", BodyRules::isCount),
          Map.entry("bytes", BodyRules::isCount),
          Map.entry("digest", matching(SHA_256)));

  private BodyRules() {}

  /**
   * Checks a body.
   *
   * @throws RefusedEventException if it has an unknown key or a value of the wrong kind
   */
  static void check(JsonNode body) {
    if (!body.isObject() || !body.path("outcome").isTextual()) {
      throw new RefusedEventException("no-body");
    }
    body.properties()
        .forEach(
            field -> {
              Predicate<JsonNode> rule = RULES.get(field.getKey());
              if (rule == null) {
                throw new RefusedEventException("unknown-key");
              }
              if (!rule.test(field.getValue())) {
                throw new RefusedEventException("bad-value");
              }
            });
  }

  /**
   * Whether a text is a code or an id. The values of filters and the names of columns can come from
   * outside; refusing them would let anybody stop a service's whole outbox.
   */
  static boolean isCode(String text) {
    return CODE.matcher(text).matches();
  }

  private static boolean isOutcome(JsonNode node) {
    return node.isTextual() && Outcome.ofWord(node.textValue()).isPresent();
  }

  private static boolean isFilter(JsonNode node) {
    return node.isObject()
        && node.size() <= ITEMS_MAX
        && node.properties().stream()
            .allMatch(
                field -> KEY.matcher(field.getKey()).matches() && field.getValue().isTextual());
  }

  private static boolean isCount(JsonNode node) {
    return node.canConvertToLong()
        && node.isIntegralNumber()
        && node.longValue() >= 0
        && node.longValue() <= COUNT_MAX;
  }

  private static Predicate<JsonNode> matching(Pattern pattern) {
    return node -> node.isTextual() && pattern.matcher(node.textValue()).matches();
  }

  private static Predicate<JsonNode> listOf(Predicate<JsonNode> item) {
    return node ->
        node.isArray()
            && node.size() <= ITEMS_MAX
            && StreamSupport.stream(node.spliterator(), false).allMatch(item);
  }
}
