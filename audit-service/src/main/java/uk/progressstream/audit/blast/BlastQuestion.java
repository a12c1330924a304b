package uk.progressstream.audit.blast;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.audit.window.TimeWindow;
import uk.progressstream.platform.problem.Problem;

/**
 * What is asked.
 *
 * @param window with both ends
 * @param actor an account, or null for everybody
 * @param school a school, or null for every one in scope
 */
record BlastQuestion(TimeWindow window, @Nullable UUID actor, @Nullable UUID school) {

  /**
   * Reads it.
   *
   * @param actor null or empty for everybody
   * @param school null or empty for every one in scope
   * @throws Problem 400 where the window is missing or empty, or something is no RFC 3339 time or
   *     UUID
   */
  static BlastQuestion of(
      @Nullable String from, @Nullable String to, @Nullable String actor, @Nullable String school) {
    TimeWindow window = TimeWindow.closed(from, to);
    return new BlastQuestion(window, uuid("actor", actor), uuid("school", school));
  }

  /** For the log. */
  Map<String, String> described() {
    Map<String, String> filter = window.described();
    if (actor != null) {
      filter.put("actor", actor.toString());
    }
    return filter;
  }

  private static @Nullable UUID uuid(String name, @Nullable String text) {
    try {
      return text == null || text.isEmpty() ? null : UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(
          "bad-value", "Parameter not understood", "Send " + name + " as an id, a UUID.");
    }
  }
}
