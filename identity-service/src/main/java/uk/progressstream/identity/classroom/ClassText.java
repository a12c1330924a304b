package uk.progressstream.identity.classroom;

import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.problem.Problem;

/** What people write of a class, checked as the table checks it. */
public record ClassText(String code, String subject, String yearGroup) {
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._&()/-]{0,39}");
  private static final Pattern SUBJECT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 .&/-]{0,39}");
  private static final Pattern YEAR_GROUP = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 /-]{0,19}");

  /**
   * The body of a request.
   *
   * @param code 1 to 40 characters
   * @param subject 1 to 40 characters
   * @param yearGroup 1 to 20 characters
   */
  @Schema(name = "NewClass")
  public record Request(
      @Nullable String code, @Nullable String subject, @Nullable String yearGroup) {

    /**
     * Checks it.
     *
     * @throws Problem 400 that names the field
     */
    ClassText checked() {
      return new ClassText(
          check(CODE, code, "code"),
          check(SUBJECT, subject, "subject"),
          check(YEAR_GROUP, yearGroup, "yearGroup"));
    }
  }

  private static String check(Pattern pattern, @Nullable String text, String field) {
    if (text == null || !pattern.matcher(text.strip()).matches()) {
      throw Problem.badRequest(
          "bad-class",
          "Class not understood",
          field + " is missing, too long or holds a character that it can't.");
    }
    return text.strip();
  }
}
