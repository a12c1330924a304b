package uk.progressstream.ingest.value;

import java.util.regex.Pattern;
import uk.progressstream.ingest.finding.ProblemCode;

/**
 * When a grade was given. Up to five words out of a small grammar (years, term and exam words, a
 * letter or two with a number), since free text here would be a place for a name, and three numbers
 * in a row would be a date of birth.
 */
public final class Period {
  private static final int CHARS_MAX = 32;
  private static final String YEAR = "(?:19|20)\\d\\d";
  private static final String WORD =
      "autumn|aut|spring|spr|summer|sum|winter|term|half|year|yr|week|wk|ks|key|stage|mock|mocks"
          + "|final|exam|exams|assessment|report|baseline|interim|target|end|of|mid"
          + "|jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|january|february|march|april|june"
          + "|july|august|september|october|november|december";
  private static final String TOKEN =
      "(?:" + YEAR + "|\\d{1,2}|(?:" + WORD + ")\\d{0,2}|[a-z]{1,2}\\d{1,2})";
  private static final Pattern FORM =
      Pattern.compile(TOKEN + "(?:[ _/-]" + TOKEN + "){0,4}", Pattern.CASE_INSENSITIVE);

  private Period() {}

  /** The period as it was sent, with single spaces. */
  public static Checked<String> check(String text) {
    String period = text.replaceAll("\\s+", " ");
    boolean formed = period.length() <= CHARS_MAX && FORM.matcher(period).matches();
    return formed && !BirthDate.looksLike(period) && !PhoneNumber.looksLike(period)
        ? Checked.good(period)
        : Checked.refused(IdentityShape.orElse(text, ProblemCode.BAD_PERIOD));
  }
}
