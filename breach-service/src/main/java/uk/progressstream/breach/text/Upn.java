package uk.progressstream.breach.text;

import java.util.Locale;

/**
 * Unique pupil numbers, by the check letter that the Department for Education's guidance defines.
 */
final class Upn {
  private static final String LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ";
  private static final int LENGTH = 13;

  private Upn() {}

  /**
   * Whether 13 characters are a permanent or temporary UPN: the sum of the values of characters 2
   * to 13, each times its place, modulo 23, is the check letter. A temporary one ends in a letter.
   */
  static boolean isValid(String text) {
    String upn = text.toUpperCase(Locale.ROOT);
    int sum = 0;
    for (int place = 2; place <= LENGTH; place++) {
      int value = value(upn.charAt(place - 1));
      if (value < 0) {
        return false;
      }
      sum += value * place;
    }
    return LETTERS.charAt(sum % LETTERS.length()) == upn.charAt(0);
  }

  private static int value(char c) {
    return Character.isDigit(c) ? c - '0' : LETTERS.indexOf(c);
  }
}
