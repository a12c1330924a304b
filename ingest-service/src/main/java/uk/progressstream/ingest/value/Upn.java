package uk.progressstream.ingest.value;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Unique Pupil Numbers: a check letter and twelve characters, the last of which is a letter in a
 * temporary one. Check letter: sum of digit times weight 2 to 13, modulo 23, in {@code
 * ABCDEFGHJKLMNPQRTUVWXYZ}. Source: Department for Education, "Unique pupil numbers: a guide for
 * schools". A letter in the last place counts as its place in that alphabet.
 */
final class Upn {
  private static final String CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ";
  private static final int FIRST_WEIGHT = 2;
  private static final Pattern FORM =
      Pattern.compile("[" + CHECK_LETTERS + "]\\d{11}[\\d" + CHECK_LETTERS + "]");

  private Upn() {}

  /** Whether the text has the form of one, whatever its check letter. */
  static boolean hasForm(String text) {
    return FORM.matcher(text.toUpperCase(Locale.ROOT)).matches();
  }

  /** Whether the text is one, check letter included. */
  static boolean isValid(String text) {
    String upn = text.toUpperCase(Locale.ROOT);
    return hasForm(upn) && upn.charAt(0) == checkLetter(upn);
  }

  private static char checkLetter(String upn) {
    int sum = 0;
    for (int i = 1; i < upn.length(); i++) {
      sum += valueOf(upn.charAt(i)) * (i - 1 + FIRST_WEIGHT);
    }
    return CHECK_LETTERS.charAt(sum % CHECK_LETTERS.length());
  }

  private static int valueOf(char c) {
    return Character.isDigit(c) ? c - '0' : CHECK_LETTERS.indexOf(c);
  }
}
