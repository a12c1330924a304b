package uk.progressstream.pseudonym.vault;

import java.util.regex.Pattern;

/**
 * What a school calls a pupil; it is never printed. That it is no UPN, name or date is for ingest
 * to see to, which knows the file that it came in.
 *
 * @param text at most 32 characters of {@code [A-Za-z0-9._/-]}, one of them a digit
 */
record EnrollmentId(String text) {
  private static final int LENGTH_MAX = 32;
  private static final Pattern FORM =
      Pattern.compile("(?=.*[0-9])[A-Za-z0-9._/-]{1," + LENGTH_MAX + "}");

  EnrollmentId {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not an enrollment_id");
    }
  }

  /**
   * Filled up with blanks to the length of the longest: the length of a sealed id tells nothing.
   */
  String padded() {
    return text + " ".repeat(LENGTH_MAX - text.length());
  }

  @Override
  public String toString() {
    return "EnrollmentId[hidden]";
  }
}
