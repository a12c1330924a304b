package uk.progressstream.audit.blast;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.problem.Problem;

/**
 * What is asked.
 *
 * @param from inclusive
 * @param to exclusive
 * @param actor an account, or null for everybody
 * @param school a school, or null for every one in scope
 */
record BlastQuestion(
    OffsetDateTime from, OffsetDateTime to, @Nullable UUID actor, @Nullable UUID school) {

  /**
   * Reads it.
   *
   * @param actor null or empty for everybody
   * @param school null or empty for every one in scope
   * @throws Problem 400 where the window is missing or something is no RFC 3339 time or UUID
   */
  static BlastQuestion of(
      @Nullable String from, @Nullable String to, @Nullable String actor, @Nullable String school) {
    if (from == null || to == null) {
      throw notUnderstood();
    }
    try {
      return new BlastQuestion(
          OffsetDateTime.parse(from), OffsetDateTime.parse(to), uuid(actor), uuid(school));
    } catch (DateTimeException | IllegalArgumentException e) {
      throw notUnderstood();
    }
  }

  /** For the log. */
  Map<String, String> described() {
    Map<String, String> filter = new TreeMap<>();
    filter.put("from", from.toInstant().toString());
    filter.put("to", to.toInstant().toString());
    if (actor != null) {
      filter.put("actor", actor.toString());
    }
    return filter;
  }

  private static @Nullable UUID uuid(@Nullable String text) {
    return text == null || text.isEmpty() ? null : UUID.fromString(text);
  }

  private static Problem notUnderstood() {
    return Problem.badRequest(
        "bad-window",
        "Window not understood",
        "Send from and to as RFC 3339 times, actor and school as ids.");
  }
}
