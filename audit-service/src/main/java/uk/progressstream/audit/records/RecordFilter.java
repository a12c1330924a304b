package uk.progressstream.audit.records;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.outbox.Outcome;
import uk.progressstream.platform.problem.Problem;

/**
 * Which records a reader asks for; null means all that the scope holds.
 *
 * @param kind exact, such as {@code grades.export}
 * @param from inclusive
 * @param to exclusive
 * @param actor account that did it
 * @param schoolClass a class that it touched
 * @param outcome word of an {@link Outcome}
 */
public record RecordFilter(
    @Nullable String kind,
    @Nullable OffsetDateTime from,
    @Nullable OffsetDateTime to,
    @Nullable UUID actor,
    @Nullable UUID schoolClass,
    @Nullable String outcome) {
  private static final String KIND = "[a-z]{1,40}(\\.[a-z-]{1,40}){1,4}";

  /**
   * Reads query parameters.
   *
   * @throws Problem 400 where one is no kind, outcome or RFC 3339 time, or the window is empty
   */
  static RecordFilter of(
      @Nullable String kind,
      @Nullable String from,
      @Nullable String to,
      @Nullable UUID actor,
      @Nullable UUID schoolClass,
      @Nullable String outcome) {
    if (kind != null && !kind.matches(KIND)) {
      throw Problem.badRequest("bad-kind", "Kind not understood", "Send one like grades.export.");
    }
    if (outcome != null && Outcome.ofWord(outcome).isEmpty()) {
      throw Problem.badRequest(
          "bad-outcome", "Outcome not understood", "One of " + Outcome.ALL + ".");
    }
    OffsetDateTime begin = time(from);
    OffsetDateTime end = time(to);
    if (begin != null && end != null && !begin.isBefore(end)) {
      throw Problem.badRequest(
          "bad-window", "Window not understood", "Send a time for to that is after from.");
    }
    return new RecordFilter(kind, begin, end, actor, schoolClass, outcome);
  }

  /** For the log. */
  Map<String, String> described() {
    Map<String, String> filter = new TreeMap<>();
    if (kind != null) {
      filter.put("kind", kind);
    }
    if (from != null) {
      filter.put("from", from.toInstant().toString());
    }
    if (to != null) {
      filter.put("to", to.toInstant().toString());
    }
    if (actor != null) {
      filter.put("actor", actor.toString());
    }
    if (schoolClass != null) {
      filter.put("class", schoolClass.toString());
    }
    if (outcome != null) {
      filter.put("outcome", outcome);
    }
    return filter;
  }

  private static @Nullable OffsetDateTime time(@Nullable String text) {
    try {
      return text == null ? null : OffsetDateTime.parse(text);
    } catch (DateTimeException e) {
      throw Problem.badRequest(
          "bad-time", "Time not understood", "Send RFC 3339, such as 2026-09-01T08:00:00Z.");
    }
  }
}
