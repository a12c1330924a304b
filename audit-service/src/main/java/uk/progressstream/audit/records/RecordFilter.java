package uk.progressstream.audit.records;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.audit.window.TimeWindow;
import uk.progressstream.platform.outbox.Outcome;
import uk.progressstream.platform.problem.Problem;

/**
 * Which records a reader asks for; null means all that the scope holds.
 *
 * @param kind exact, such as {@code grades.export}
 * @param window when it happened
 * @param actor account that did it
 * @param schoolClass a class that it touched
 * @param outcome word of an {@link Outcome}
 */
public record RecordFilter(
    @Nullable String kind,
    TimeWindow window,
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
      throw Problem.badRequest(
          "bad-kind",
          "Kind not understood",
          "Send lower-case words joined by dots, such as grades.export.");
    }
    if (outcome != null && Outcome.ofWord(outcome).isEmpty()) {
      throw Problem.badRequest(
          "bad-outcome", "Outcome not understood", "One of " + Outcome.ALL + ".");
    }
    return new RecordFilter(kind, TimeWindow.of(from, to), actor, schoolClass, outcome);
  }

  /** For the log. */
  Map<String, String> described() {
    Map<String, String> filter = window.described();
    if (kind != null) {
      filter.put("kind", kind);
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
}
