package uk.progressstream.pseudonym.vault;

import java.util.regex.Pattern;

/**
 * What a school calls a pupil; it is never printed. That it is no UPN, name or date is for ingest
 * to see to, which knows the file that it came in.
 *
 * @param text at most 32 characters of {@code [A-Za-z0-9._/-]}, one of them a digit
 */
record EnrollmentId(String text) {
  private static final Pattern FORM = Pattern.compile("(?=.*[0-9])[A-Za-z0-9._/-]{1,32}");

  EnrollmentId {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not an enrollment_id");
    }
  }

  @Override
  public String toString() {
    return "EnrollmentId[hidden]";
  }
}
