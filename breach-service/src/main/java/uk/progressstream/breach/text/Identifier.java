package uk.progressstream.breach.text;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kinds of identifier that a text about an incident must not hold. A person's name cannot be told
 * from another word, and an enrollment id of few digits not from a number: what writes such a text
 * is told so, and this only catches what has a form.
 */
enum Identifier {
  /** Anything with an at sign between two words. */
  EMAIL("e-mail address", "[^\\s@]+@[^\\s@]+"),
  /** A full UK postcode (BS 7666), GIR 0AA and BFPO; an outward code alone names no household. */
  POSTCODE(
      "postcode",
      "(?i)\\b(?:GIR ?0AA|BFPO ?\\d{1,4}|[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[ABD-HJLNP-UW-Z]{2})\\b"),
  /** Unique pupil number: its check letter decides. */
  UPN("unique pupil number", "(?i)\\b[A-Z]\\d{11}[A-Z\\d]\\b", Upn::isValid),
  /** A UUID: the ps_id of a pupil has this form, and accounts have a field of their own. */
  UUID("UUID", "(?i)\\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\\b"),
  /** Ten or eleven digits, in groups or not, as telephone numbers are. */
  PHONE("telephone number", "(?<![\\w.-])(?:\\+44|0)(?:[ ()-]?\\d){9,10}(?![\\w-])"),
  /** A word with five or more digits, as enrollment ids have; a date, or a CVE number, is none. */
  NUMBER(
      "long number",
      "[\\p{L}\\d._/-]*\\d[\\p{L}\\d._/-]*",
      word -> !isHarmless(word) && word.chars().filter(Character::isDigit).count() >= 5);

  private static final Pattern HARMLESS =
      Pattern.compile(
          "(?:\\d{4}-\\d{2}-\\d{2}(?:T\\d{2})?|\\d{1,2}[./-]\\d{1,2}[./-]\\d{4}|CVE-\\d{4}-\\d{4,7})\\.?");
  private static final List<Identifier> ALL = List.of(values());

  private final String label;
  private final Pattern pattern;
  private final Predicate<String> holds;

  Identifier(String label, String pattern) {
    this(label, pattern, match -> true);
  }

  Identifier(String label, String pattern, Predicate<String> holds) {
    this.label = label;
    this.pattern = Pattern.compile(pattern);
    this.holds = holds;
  }

  /** What it is called in a refusal. */
  String label() {
    return label;
  }

  /** The first kind that a text holds, if any. */
  static Optional<Identifier> in(String text) {
    return ALL.stream().filter(kind -> kind.isIn(text)).findFirst();
  }

  private boolean isIn(String text) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      if (holds.test(matcher.group())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isHarmless(String word) {
    return HARMLESS.matcher(word).matches();
  }
}
