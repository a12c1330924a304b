package uk.progressstream.log.commitment;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.progressstream.log.tree.CanonicalBase64;
import uk.progressstream.log.tree.NotVerifiedException;

/**
 * A line of a download of records: {@code {"leafIndex":135,"record":{…},"salt":"<base64>"}}, or of
 * an erased one {@code {"erased":true,"id":…,"leafIndex":…,"school":…,"sequence":…,"source":…}}.
 *
 * @param leafIndex from 0
 * @param place which record it is
 * @param disclosure null where it was erased
 * @param erases the erased record that this one is about, or null
 */
public record ExportedRecord(
    long leafIndex, Place place, @Nullable Disclosure disclosure, @Nullable Erased erases) {
  /** Kind of the record that says that another one was erased. */
  public static final String ERASURE = "record.erased";

  /** The service that erases. */
  public static final String ERASER = "audit";

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What a record of an erasure says.
   *
   * @param leafIndex of the leaf that stays
   * @param id of the erased record
   * @param source of the erased record
   * @param sequence of the erased record
   */
  public record Erased(long leafIndex, String id, String source, long sequence) {}

  /** The line of a record, newline at its end. */
  public static String line(long leafIndex, Disclosure disclosure) {
    return "{\"leafIndex\":%d,\"record\":%s,\"salt\":\"%s\"}\n"
        .formatted(leafIndex, disclosure.record(), CanonicalBase64.encode(disclosure.salt()));
  }

  /** The line of an erased record, newline at its end. */
  public static String line(long leafIndex, Place place) {
    return "{\"erased\":true,\"id\":\"%s\",\"leafIndex\":%d,\"school\":\"%s\",\"sequence\":%d,\"source\":\"%s\"}\n"
        .formatted(place.id(), leafIndex, place.school(), place.sequence(), place.source());
  }

  /**
   * Reads a line; nothing of it is verified yet.
   *
   * @throws NotVerifiedException if it is none
   */
  public static ExportedRecord of(String line) {
    try {
      JsonNode json = JSON.readTree(line);
      JsonNode leaf = json.path("leafIndex");
      if (!leaf.isIntegralNumber() || leaf.longValue() < 0) {
        throw new NotVerifiedException("a line without leafIndex");
      }
      if (json.path("erased").asBoolean(false)) {
        return new ExportedRecord(leaf.longValue(), Place.of(json), null, null);
      }
      JsonNode record = json.path("record");
      Disclosure disclosure = Disclosure.of(line.getBytes(StandardCharsets.UTF_8));
      return new ExportedRecord(
          leaf.longValue(), Place.of(record), disclosure, erased(record).orElse(null));
    } catch (JacksonException e) {
      throw new NotVerifiedException("not a line of a download of records", e);
    }
  }

  private static Optional<Erased> erased(JsonNode record) {
    if (!record.path("kind").asText().equals(ERASURE)
        || !record.path("source").asText().equals(ERASER)) {
      return Optional.empty();
    }
    JsonNode what = record.path("what");
    JsonNode filter = what.path("filter");
    return Optional.of(
        new Erased(
            filter.path("leaf").asLong(-1),
            what.path("concerns").asText(),
            filter.path("source").asText(),
            filter.path("sequence").asLong(-1)));
  }
}
