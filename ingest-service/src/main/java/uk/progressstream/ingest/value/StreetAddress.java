package uk.progressstream.ingest.value;

import java.util.regex.Pattern;

/** A house number, words and a comma, or a word that streets end in. */
final class StreetAddress {
  private static final String STREETS =
      "street|road|lane|avenue|close|drive|way|court|crescent|terrace|gardens|grove|place|square"
          + "|mews|hill|park|house|cottage|farm|flat|apartment|rd|ave|cres|gdns";
  private static final Pattern NUMBER_AND_WORDS =
      Pattern.compile("\\d{1,4}[A-Za-z]?,?\\s+\\p{L}{3,}[^,]*,.*", Pattern.DOTALL);
  private static final Pattern STREET =
      Pattern.compile(
          ".*\\p{L}+[.,]?\\s+(?:" + STREETS + ")\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private StreetAddress() {}

  static boolean looksLike(String text) {
    return NUMBER_AND_WORDS.matcher(text).matches() || STREET.matcher(text).matches();
  }
}
