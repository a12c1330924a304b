package uk.progressstream.breach.text;

import java.text.Normalizer;
import java.util.Optional;
import uk.progressstream.platform.problem.Problem;

/**
 * Text that the company writes about an incident. It is about what happened, never about a pupil,
 * and holds no identifier: it is shown, exported and in the end published.
 */
public final class IncidentText {
  private IncidentText() {}

  /**
   * The text without surrounding space, in composed form.
   *
   * @param field its name in the request, for the refusal
   * @param charactersMax its limit, in UTF-16 units
   * @throws Problem 400 where it is empty, too long, holds control characters or looks as if it
   *     named somebody; the refusal says which kind was found, never the value
   */
  public static String check(String field, String text, int charactersMax) {
    // Compatibility form, so that full-width digits and the like are seen as what they are read as.
    String normal = Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
    if (normal.isEmpty() || normal.length() > charactersMax) {
      throw refused(field + " must have 1 to " + charactersMax + " characters.");
    }
    if (normal.codePoints().anyMatch(IncidentText::isHidden)) {
      throw refused(field + " must not hold control or invisible characters.");
    }
    Optional<Identifier> found = Identifier.in(normal);
    if (found.isPresent()) {
      throw new Problem(
          400,
          "identifier-in-text",
          "Text looks as if it names somebody",
          field + " holds what looks like a " + found.get().label() + "; describe it without.");
    }
    return normal;
  }

  private static boolean isHidden(int codePoint) {
    boolean newline = codePoint == '\n';
    int type = Character.getType(codePoint);
    return !newline && (type == Character.CONTROL || type == Character.FORMAT);
  }

  private static Problem refused(String detail) {
    return Problem.badRequest("text-refused", "Text refused", detail);
  }
}
