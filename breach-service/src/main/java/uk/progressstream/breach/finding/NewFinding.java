package uk.progressstream.breach.finding;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.progressstream.breach.text.IncidentText;
import uk.progressstream.platform.problem.Problem;

/**
 * A request to add to the timeline.
 *
 * @param kind {@code finding} (the default), {@code evidence} or {@code decision}
 * @param text at most 4,000 characters, about what happened; it names nobody
 */
public record NewFinding(@Nullable String kind, @Nullable String text) {
  private static final int CHARACTERS_MAX = 4_000;
  private static final String DEFAULT_KIND = "finding";
  private static final Set<String> KINDS = Set.of(DEFAULT_KIND, "evidence", "decision");

  /**
   * The request, checked.
   *
   * @throws Problem 400 for an unknown kind or a text that is missing or may not stand there
   */
  Checked checked() {
    String checkedKind = kind == null ? DEFAULT_KIND : kind;
    if (!KINDS.contains(checkedKind) || text == null) {
      throw Problem.badRequest(
          "finding-refused",
          "Finding refused",
          "A finding has a text, and a kind of finding, evidence or decision.");
    }
    return new Checked(checkedKind, IncidentText.check("text", text, CHARACTERS_MAX));
  }

  /** What may be stored. */
  record Checked(String kind, String text) {}
}
