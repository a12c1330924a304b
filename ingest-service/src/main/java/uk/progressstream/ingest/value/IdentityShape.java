package uk.progressstream.ingest.value;

import java.util.Optional;
import uk.progressstream.ingest.finding.ProblemCode;

/**
 * Tells what kind of identity a value looks like, so that the refusal can say which without
 * repeating it.
 */
public final class IdentityShape {
  private static final String FORMULA_STARTS = "=+@-\t\r";

  private IdentityShape() {}

  /**
   * The code for what the text looks like, or empty. Names are left out: only ids can be judged for
   * those.
   */
  static Optional<ProblemCode> of(String text) {
    if (EmailAddress.looksLike(text)) {
      return Optional.of(ProblemCode.EMAIL);
    }
    if (Upn.hasForm(text)) {
      return Optional.of(Upn.isValid(text) ? ProblemCode.UPN : ProblemCode.UPN_LIKE);
    }
    if (PhoneNumber.looksLike(text)) {
      return Optional.of(ProblemCode.PHONE);
    }
    if (BirthDate.looksLike(text)) {
      return Optional.of(ProblemCode.DATE_OF_BIRTH);
    }
    if (text.length() > 1 && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0) {
      return Optional.of(ProblemCode.FORMULA);
    }
    return StreetAddress.looksLike(text) ? Optional.of(ProblemCode.ADDRESS) : Optional.empty();
  }

  /**
   * The more telling of two codes: what a refused value looks like, else what its column says of
   * it.
   */
  public static ProblemCode orElse(String text, ProblemCode code) {
    return of(text).orElse(code);
  }
}
