package uk.progressstream.pseudonym.vault;

import java.util.regex.Pattern;

/**
 * A postcode in its one normal form; it is never printed. The form is checked because two spellings
 * of one postcode would hash differently; whether the postcode can exist is for ingest to say.
 *
 * @param text outward, one space, inward, upper case
 */
record Postcode(String text) {
  private static final Pattern FORM = Pattern.compile("[A-Z][A-Z0-9]{1,3} [A-Z0-9]{1,4}");

  Postcode {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not a normalised postcode");
    }
  }

  @Override
  public String toString() {
    return "Postcode[hidden]";
  }
}
