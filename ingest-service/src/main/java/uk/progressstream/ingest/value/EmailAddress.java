package uk.progressstream.ingest.value;

import java.util.regex.Pattern;

/** Anything with an at sign between two pieces of text. Wider than RFC 5322 on purpose. */
final class EmailAddress {
  private static final Pattern FORM = Pattern.compile(".*[^\\s@]@[^\\s@].*", Pattern.DOTALL);

  private EmailAddress() {}

  static boolean looksLike(String text) {
    return FORM.matcher(text).matches();
  }
}
