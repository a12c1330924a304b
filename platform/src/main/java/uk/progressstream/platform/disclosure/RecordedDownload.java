package uk.progressstream.platform.disclosure;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.page.Page;

/** A download that the log holds a record of, and what has been given so far. */
public final class RecordedDownload {
  private final Disclosure disclosure;
  private final List<AuditEvent> begins;
  private final DisclosureTally tally;
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean ended = new AtomicBoolean();
  private long bytes;

  /**
   * How a download reads what it gives: a page at a time, each in a transaction of its own.
   *
   * @param <T> what the rows are
   */
  public interface Pages<T> {
    /**
     * One page of a school.
     *
     * @param connection in whose transaction the scope is set
     * @param after where the page before ended; null for the first
     */
    Uni<Page<T>> read(SqlConnection connection, UUID school, @Nullable String after);
  }

  RecordedDownload(Disclosure disclosure, List<AuditEvent> begins, DisclosureTally tally) {
    this.disclosure = disclosure;
    this.begins = List.copyOf(begins);
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
    String ids =
        begins.stream().map(begin -> begin.id().toString()).collect(Collectors.joining(","));
    return Map.of(
        "Audit-Record", List.of(ids),
        "Content-Type", List.of(mediaType),
        "Content-Disposition", List.of("attachment; filename=\"" + fileName + "\""));
  }

  /** Who asked, for what. */
  public Disclosure disclosure() {
    return disclosure;
  }

  /** The records of its beginning, one a school. */
  List<AuditEvent> begins() {
    return begins;
  }

  /** How long the scope still holds that it is read under. */
  Duration left() {
    return Duration.between(Instant.now(), disclosure.caller().scope().scope().expiresAt());
  }

  void starts() {
    started.set(true);
  }

  boolean hasStarted() {
    return started.get();
  }

  /** Whether it ends with this call; however many see an end, one tells it. */
  boolean ends() {
    return ended.compareAndSet(false, true);
  }

  void sent(String chunk) {
    bytes += chunk.getBytes(StandardCharsets.UTF_8).length;
  }

  long bytes() {
    return bytes;
  }
}
