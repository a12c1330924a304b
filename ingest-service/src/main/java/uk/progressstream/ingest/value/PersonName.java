package uk.progressstream.ingest.value;

import java.util.regex.Pattern;

/**
 * Text that is nothing but words, or that holds two words with small letters beside its digits
 * ({@code jo.smith7} has one and passes, {@code john.smith7} does not).
 */
final class PersonName {
  private static final Pattern WORDS_ONLY = Pattern.compile("[\\p{L}][\\p{L}\\s.,'’\\-]*");
  private static final Pattern TWO_WORDS =
      Pattern.compile("[^\\p{L}]*\\p{L}\\p{Ll}{3,}[._\\-\\s]+\\p{L}\\p{Ll}{3,}([^\\p{L}].*)?");

  private PersonName() {}

  static boolean looksLike(String text) {
    return WORDS_ONLY.matcher(text).matches() || TWO_WORDS.matcher(text).matches();
  }
}
