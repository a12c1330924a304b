package uk.progressstream.audit.records;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.log.commitment.Disclosure;
import uk.progressstream.log.commitment.ExportedRecord;
import uk.progressstream.log.commitment.Place;

/**
 * A row of table {@code record}.
 *
 * @param salt null once it is erased
 * @param body canonical JSON; null once it is erased
 */
record StoredRecord(
    UUID school,
    UUID id,
    long leafIndex,
    String source,
    long sequence,
    String kind,
    OffsetDateTime occurredAt,
    byte @Nullable [] salt,
    @Nullable String body) {
  static final String COLUMNS =
      "school_id, id, leaf_index, source, sequence, kind, occurred_at, salt, body";

  private static final ObjectMapper JSON = new ObjectMapper();

  static StoredRecord read(Row row) {
    Buffer salt = row.get(Buffer.class, 7);
    return new StoredRecord(
        row.getUUID(0),
        row.getUUID(1),
        row.getLong(2),
        row.getString(3),
        row.getLong(4),
        row.getString(5),
        row.getOffsetDateTime(6),
        salt == null ? null : salt.getBytes(),
        row.getString(8));
  }

  /** Where a page ends. */
  String cursor() {
    return Long.toString(leafIndex);
  }

  /** What recomputes the entry; empty once it is erased. */
  Optional<Disclosure> disclosure() {
    return salt == null || body == null
        ? Optional.empty()
        : Optional.of(new Disclosure(salt, body));
  }

  /** As a line of a download. */
  String line() {
    return disclosure()
        .map(disclosed -> ExportedRecord.line(leafIndex, disclosed))
        .orElseGet(() -> ExportedRecord.line(leafIndex, place()));
  }

  private Place place() {
    return new Place(id.toString(), school.toString(), source, sequence);
  }

  /** As a reader gets it: from the body alone, since that is what the proof is about. */
  AuditRecord view() {
    Content content = body == null ? Content.ERASED : content(body);
    return new AuditRecord(
        id,
        school,
        leafIndex,
        source,
        sequence,
        kind,
        content.when == null ? occurredAt.toInstant().toString() : content.when,
        content.who,
        content.what,
        content.purpose,
        content.outcome,
        content.policyVersion,
        body == null);
  }

  private static Content content(String body) {
    try {
      return JSON.readValue(body, Content.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of the log is not what the log wrote", e);
    }
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Content(
      @Nullable String when,
      AuditRecord.@Nullable Who who,
      AuditRecord.@Nullable What what,
      @Nullable String purpose,
      @Nullable String outcome,
      @Nullable String policyVersion) {
    static final Content ERASED = new Content(null, null, null, null, null, null);
  }
}
