package uk.progressstream.ingest.value;

import java.util.Optional;
import java.util.regex.Pattern;
import uk.progressstream.ingest.finding.ProblemCode;

/**
 * The school's own id of a pupil: 1 to 32 characters of {@code A-Z a-z 0-9 . _ / -}, at least one
 * digit, and nothing that means something outside the school (e-mail, date of birth, phone number,
 * UPN, name).
 */
public final class EnrollmentId {
  private static final Pattern FORM = Pattern.compile("(?=.*[0-9])[A-Za-z0-9._/-]{1,32}");

  private EnrollmentId() {}

  /** The id as it was sent: ids are compared letter by letter, as schools' systems do. */
  public static Checked<String> check(String text) {
    Optional<ProblemCode> identity = IdentityShape.of(text);
    if (identity.isPresent()) {
      return Checked.refused(identity.get());
    }
    if (PersonName.looksLike(text)) {
      return Checked.refused(ProblemCode.PERSON_NAME);
    }
    return FORM.matcher(text).matches()
        ? Checked.good(text)
        : Checked.refused(ProblemCode.BAD_ENROLLMENT_ID);
  }
}
