package uk.progressstream.audit.window;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.problem.Problem;

/**
 * From when to when; an empty window would look as if nothing had happened, so there is none.
 *
 * @param from inclusive; null for the beginning
 * @param to exclusive; null for the end
 */
public record TimeWindow(@Nullable OffsetDateTime from, @Nullable OffsetDateTime to) {

  /**
   * Reads two query parameters.
   *
   * @throws Problem 400 where one is no RFC 3339 time, or {@code to} is not after {@code from}
   */
  public static TimeWindow of(@Nullable String from, @Nullable String to) {
    OffsetDateTime begin = time(from);
    OffsetDateTime end = time(to);
    if (begin != null && end != null && !begin.isBefore(end)) {
      throw notUnderstood("Send a time for to that is later than that of from.");
    }
    return new TimeWindow(begin, end);
  }

  /**
   * The same, with both ends.
   *
   * @throws Problem 400 also where one of them is missing
   */
  public static TimeWindow closed(@Nullable String from, @Nullable String to) {
    if (from == null || to == null) {
      throw notUnderstood("Send from and to.");
    }
    return of(from, to);
  }

  /** For the log. */
  public Map<String, String> described() {
    Map<String, String> filter = new TreeMap<>();
    if (from != null) {
      filter.put("from", from.toInstant().toString());
    }
    if (to != null) {
      filter.put("to", to.toInstant().toString());
    }
    return filter;
  }

  private static Problem notUnderstood(String hint) {
    return Problem.badRequest("bad-window", "Window not understood", hint);
  }

  private static @Nullable OffsetDateTime time(@Nullable String text) {
    try {
      return text == null ? null : OffsetDateTime.parse(text);
    } catch (DateTimeException e) {
      throw Problem.badRequest(
          "bad-time",
          "Time not understood",
          "Send RFC 3339, such as 2026-09-01T08:00:00Z; in an address, a plus is written as %2B.");
    }
  }
}
