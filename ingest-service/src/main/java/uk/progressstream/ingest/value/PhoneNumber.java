package uk.progressstream.ingest.value;

import java.util.regex.Pattern;

/**
 * Phone numbers as people in Britain write them: national with a leading 0 (10 or 11 digits), or
 * international with +, 00 or 44. Source: Ofcom, National Telephone Numbering Plan. A number whose
 * leading 0 a spreadsheet ate can't be told from any other number and passes.
 */
final class PhoneNumber {
  private static final Pattern PUNCTUATION = Pattern.compile("[\\s().\\-/]");
  private static final Pattern FORM =
      Pattern.compile("\\+\\d{8,15}|00[1-9]\\d{8,13}|0[1-9]\\d{8,9}|440?[1-37]\\d{8,9}");

  private PhoneNumber() {}

  static boolean looksLike(String text) {
    return FORM.matcher(PUNCTUATION.matcher(text).replaceAll("")).matches();
  }
}
