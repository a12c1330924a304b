package uk.progressstream.platform.disclosure;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** A download that the log holds a record of, and what has been given so far. */
public final class RecordedDownload {
  private final Disclosure disclosure;
  private final List<UUID> records;
  private final DisclosureTally tally;
  private long bytes;
  private String outcome = "failed";

  RecordedDownload(Disclosure disclosure, List<UUID> records, DisclosureTally tally) {
    this.disclosure = disclosure;
    this.records = List.copyOf(records);
    this.tally = tally;
  }

  /** Where each row that is given must be counted. */
  public DisclosureTally tally() {
    return tally;
  }

  /** The answer's headers for a CSV file of this name; {@code Audit-Record} names the records. */
  public Map<String, List<String>> csvHeaders(String fileName) {
    return headers("text/csv;charset=UTF-8", fileName);
  }

  /** The same for a file of any type. */
  public Map<String, List<String>> headers(String mediaType, String fileName) {
    String ids = records.stream().map(UUID::toString).collect(Collectors.joining(","));
    return Map.of(
        "Audit-Record", List.of(ids),
        "Content-Type", List.of(mediaType),
        "Content-Disposition", List.of("attachment; filename=\"" + fileName + "\""));
  }

  /** Who asked, for what. */
  public Disclosure disclosure() {
    return disclosure;
  }

  void sent(String chunk) {
    bytes += chunk.getBytes(StandardCharsets.UTF_8).length;
  }

  void completed() {
    outcome = "completed";
  }

  UUID firstRecord() {
    return records.get(0);
  }

  long bytes() {
    return bytes;
  }

  String outcome() {
    return outcome;
  }
}
