package uk.progressstream.ingest.value;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uk.progressstream.ingest.finding.ProblemCode;

/**
 * National curriculum year groups: N1, N2, R, 1 to 14, with or without "Year" or "Y" before them.
 */
public final class YearGroup {
  private static final Pattern FORM = Pattern.compile("(?:YEAR |YEAR|Y)?0?(N1|N2|R|[1-9]|1[0-4])");

  private YearGroup() {}

  /** The bare year group. */
  public static Checked<String> check(String text) {
    Matcher matcher = FORM.matcher(text.toUpperCase(Locale.ROOT));
    return matcher.matches()
        ? Checked.good(matcher.group(1))
        : Checked.refused(IdentityShape.orElse(text, ProblemCode.BAD_YEAR_GROUP));
  }
}
