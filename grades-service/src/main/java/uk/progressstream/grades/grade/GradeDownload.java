package uk.progressstream.grades.grade;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * A download while it runs: what was given so far, and the records that stand for it in the log.
 */
final class GradeDownload {
  private final List<UUID> records;
  private final GradeReads reads;
  private long bytes;
  private String outcome = "failed";

  GradeDownload(List<UUID> records, GradeReads reads) {
    this.records = List.copyOf(records);
    this.reads = reads;
  }

  void sent(String chunk) {
    bytes += chunk.getBytes(StandardCharsets.UTF_8).length;
  }

  void completed() {
    outcome = "completed";
  }

  List<UUID> records() {
    return records;
  }

  GradeReads reads() {
    return reads;
  }

  long bytes() {
    return bytes;
  }

  String outcome() {
    return outcome;
  }
}
