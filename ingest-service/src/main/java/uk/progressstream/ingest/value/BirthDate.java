package uk.progressstream.ingest.value;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates in the forms that exports and spreadsheets write. With separators any date counts; eight
 * bare digits count only where they are a date from 1990 to 2029, since longer school ids are often
 * eight digits. Six bare digits never count.
 */
final class BirthDate {
  private static final String SEPARATOR = "[-/. ]";
  private static final String MONTH_NAME =
      "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";
  private static final String TIME = "(?:[T ]\\d{1,2}:\\d{2}.*)?";

  private static final Pattern YEAR_FIRST =
      Pattern.compile("\\d{4}" + SEPARATOR + "(\\d{1,2})" + SEPARATOR + "(\\d{1,2})" + TIME);
  private static final Pattern YEAR_LAST =
      Pattern.compile(
          "(\\d{1,2})" + SEPARATOR + "(\\d{1,2})" + SEPARATOR + "(?:\\d{4}|\\d{2})" + TIME);
  private static final Pattern NAMED_MONTH =
      Pattern.compile(
          "\\d{1,2}(?:st|nd|rd|th)?[-/. ]*" + MONTH_NAME + "[-/., ]*(?:\\d{4}|\\d{2})" + TIME,
          Pattern.CASE_INSENSITIVE);
  private static final Pattern BARE_YEAR_FIRST =
      Pattern.compile("(?:199|20[012])\\d(\\d{2})(\\d{2})");
  private static final Pattern BARE_YEAR_LAST =
      Pattern.compile("(\\d{2})(\\d{2})(?:199|20[012])\\d");

  private BirthDate() {}

  static boolean looksLike(String text) {
    return NAMED_MONTH.matcher(text).matches()
        || dayAndMonth(YEAR_FIRST.matcher(text))
        || dayAndMonth(YEAR_LAST.matcher(text))
        || dayAndMonth(BARE_YEAR_FIRST.matcher(text))
        || dayAndMonth(BARE_YEAR_LAST.matcher(text));
  }

  // Either order: exports from American software write the month first.
  private static boolean dayAndMonth(Matcher matcher) {
    if (!matcher.matches()) {
      return false;
    }
    int first = Integer.parseInt(matcher.group(1));
    int second = Integer.parseInt(matcher.group(2));
    return Math.min(first, second) >= 1
        && Math.min(first, second) <= 12
        && Math.max(first, second) <= 31;
  }
}
