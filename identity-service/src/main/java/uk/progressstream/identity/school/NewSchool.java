package uk.progressstream.identity.school;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.invitation.Invitee;
import uk.progressstream.platform.problem.Problem;

/**
 * A school that is to be onboarded.
 *
 * @param name 1 to 200 characters
 * @param urn 1 to 20 letters, digits and hyphens
 * @param firstAdmin who is invited as its first admin
 */
public record NewSchool(@Nullable String name, @Nullable String urn, @Nullable Invitee firstAdmin) {
  private static final Pattern URN = Pattern.compile("[A-Za-z0-9-]{1,20}");
  private static final int NAME_LENGTH_MAX = 200;

  /**
   * The school that this describes.
   *
   * @throws Problem 400 that says what is missing
   */
  School named(java.util.UUID id) {
    String called = name == null ? "" : name.strip();
    if (called.isEmpty() || called.length() > NAME_LENGTH_MAX) {
      throw bad("name has 1 to 200 characters.");
    }
    if (urn == null || !URN.matcher(urn).matches()) {
      throw bad("urn has 1 to 20 letters, digits and hyphens.");
    }
    return new School(id, called, urn);
  }

  private static Problem bad(String detail) {
    return Problem.badRequest("bad-school", "School not understood", detail);
  }
}
