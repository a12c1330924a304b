package uk.progressstream.audit.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import uk.progressstream.contracts.events.Event;
import uk.progressstream.log.commitment.CanonicalJson;
import uk.progressstream.log.tree.NotVerifiedException;
import uk.progressstream.platform.outbox.Outcome;

/**
 * Turns an event into the record that the log commits to:
 *
 * <pre>
 * {id, school, source, sequence, kind, when, who: {account, role}, what: {resource, filter, columns,
 * classes, rows, pupils, bytes, digest, concerns}, purpose, outcome, policyVersion}</pre>
 *
 * What an event does not say is left out.
 */
final class EventReader {
  /** Stands in a record where a text was no code. */
  static final String WITHHELD = "(withheld)";

  /** Kind of the record that stands for an event which could not be taken. */
  static final String REFUSED_KIND = "event.refused";

  private static final int BODY_CHARS_MAX = 1 << 20;
  private static final Pattern KIND = Pattern.compile("[a-z]+(\\.[a-z-]+)+");
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
  private static final List<String> WHAT =
      List.of("resource", "classes", "rows", "pupils", "bytes", "digest", "concerns");
  private static final ObjectMapper JSON = new ObjectMapper();

  private EventReader() {}

  /**
   * Reads an event.
   *
   * @throws RefusedEventException if it breaks a rule
   */
  static IncomingEvent read(Event event) {
    ObjectNode record = envelope(event);
    JsonNode body = body(event.getBody());
    record.put("kind", event.getKind());
    copy(body, record, "purpose", "outcome", "policyVersion");
    record.set("who", who(body));
    record.set("what", what(body));
    return incoming(event, record, Optional.empty());
  }

  /**
   * What stands in the log in place of an event whose body broke a rule: that there was one, of
   * which kind, and the rule. Without it the school's sequence would have a hole, and nothing that
   * comes after could be taken.
   *
   * @throws RefusedEventException if not even its id, school, number, kind or time can be read: no
   *     outbox holds such an event
   */
  static IncomingEvent refused(Event event, String rule) {
    ObjectNode record = envelope(event);
    record.put("kind", REFUSED_KIND).put("outcome", Outcome.UNREADABLE.word());
    record.putObject("who");
    record
        .putObject("what")
        .put("resource", "event")
        .putObject("filter")
        .put("kind", event.getKind())
        .put("rule", rule);
    return incoming(event, record, Optional.of(rule));
  }

  private static ObjectNode envelope(Event event) {
    try {
      if (!KIND.matcher(event.getKind()).matches() || event.getSequence() < 1) {
        throw new RefusedEventException("bad-kind-or-sequence");
      }
      ObjectNode record = JSON.createObjectNode();
      record.put("id", UUID.fromString(event.getId()).toString());
      record.put("school", UUID.fromString(event.getSchool()).toString());
      record.put("source", event.getSource()).put("sequence", event.getSequence());
      return record.put("when", when(event.getOccurredAt()));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new RefusedEventException("bad-id-or-time");
    }
  }

  private static IncomingEvent incoming(
      Event event, ObjectNode record, Optional<String> refusedBy) {
    return new IncomingEvent(
        UUID.fromString(event.getId()),
        UUID.fromString(event.getSchool()),
        event.getSequence(),
        CanonicalJson.of(record.toString()),
        refusedBy);
  }

  private static JsonNode body(String text) {
    if (text.length() > BODY_CHARS_MAX) {
      throw new RefusedEventException("too-large");
    }
    try {
      // Canonicalised first: that parser refuses a key that occurs twice.
      JsonNode body = JSON.readTree(CanonicalJson.of(text));
      BodyRules.check(body);
      return body;
    } catch (JsonProcessingException | NotVerifiedException e) {
      throw new RefusedEventException("no-body");
    }
  }

  private static String when(String occurredAt) {
    return OffsetDateTime.parse(occurredAt)
        .withOffsetSameInstant(ZoneOffset.UTC)
        .format(MICROSECONDS);
  }

  private static ObjectNode who(JsonNode body) {
    ObjectNode who = JSON.createObjectNode();
    if (body.has("actor")) {
      who.set("account", body.get("actor"));
    }
    copy(body, who, "role");
    return who;
  }

  private static ObjectNode what(JsonNode body) {
    ObjectNode what = JSON.createObjectNode();
    copy(body, what, WHAT.toArray(String[]::new));
    if (body.has("columns")) {
      body.get("columns").forEach(name -> what.withArray("columns").add(code(name)));
    }
    if (body.has("filter")) {
      ObjectNode filter = what.putObject("filter");
      body.get("filter")
          .properties()
          .forEach(field -> filter.put(field.getKey(), code(field.getValue())));
    }
    return what;
  }

  private static String code(JsonNode text) {
    return BodyRules.isCode(text.textValue()) ? text.textValue() : WITHHELD;
  }

  private static void copy(JsonNode from, ObjectNode to, String... keys) {
    for (String key : keys) {
      if (from.has(key)) {
        to.set(key, from.get(key));
      }
    }
  }
}
