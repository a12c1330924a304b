package uk.progressstream.ingest.value;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uk.progressstream.ingest.finding.ProblemCode;

/**
 * Postcodes in every form of BS 7666 (A9, A99, A9A, AA9, AA99, AA9A, each with 9AA), GIR 0AA, and
 * BFPO numbers. Letters are held to the places where Royal Mail uses them: never Q V X first, never
 * I J Z second, never C I K M O V in the inward half; that catches most slips of the keyboard, such
 * as the letter O for a nought.
 */
public final class Postcode {
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern FORM =
      Pattern.compile(
          "(GIR|[A-PR-UWYZ](?:[0-9][0-9]?|[0-9][A-Z]|[A-HK-Y][0-9][0-9]?|[A-HK-Y][0-9][A-Z]))"
              + "([0-9][ABD-HJLNP-UW-Z]{2})");
  private static final Pattern FORCES = Pattern.compile("(BFPO)(?:C/O)?([0-9]{1,4})");

  private Postcode() {}

  /** Upper case with one space between outward and inward half. */
  public static Checked<String> check(String text) {
    String packed = BLANKS.matcher(text).replaceAll("").toUpperCase(Locale.ROOT);
    Matcher forces = FORCES.matcher(packed);
    Matcher matcher = forces.matches() ? forces : FORM.matcher(packed);
    boolean girobank = packed.startsWith("GIR");
    if (matcher.matches() && (!girobank || packed.equals("GIR0AA"))) {
      return Checked.good(matcher.group(1) + " " + matcher.group(2));
    }
    return Checked.refused(IdentityShape.orElse(text, ProblemCode.NOT_A_POSTCODE));
  }
}
