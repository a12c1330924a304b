package uk.progressstream.ingest.value;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class UpnPropertyTest {
  private static final String LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ";

  /** Exactly one letter of the alphabet completes any twelve characters. */
  @Property
  void oneCheckLetter(@ForAll("bodies") String body) {
    long valid = LETTERS.chars().filter(c -> Upn.isValid((char) c + body)).count();

    assertThat(valid).isEqualTo(1);
  }

  /** One wrong digit is always noticed: weights and modulus have no factor in common. */
  @Property
  void oneWrongDigit(@ForAll("bodies") String body, @ForAll("places") int place) {
    String upn = completed(body);
    char wrong = upn.charAt(place) == '9' ? '0' : (char) (upn.charAt(place) + 1);
    String mistyped = upn.substring(0, place) + wrong + upn.substring(place + 1);

    assertThat(Upn.isValid(upn)).isTrue();
    assertThat(Upn.isValid(mistyped)).isFalse();
  }

  /** Every one is refused as an enrollment id, in either case, and by no other name. */
  @Property
  void neverAnId(@ForAll("bodies") String body, @ForAll boolean lowerCase) {
    String upn = lowerCase ? completed(body).toLowerCase(java.util.Locale.ROOT) : completed(body);

    assertThat(EnrollmentId.check(upn)).isInstanceOf(Checked.Refused.class);
  }

  @Provide
  Arbitrary<Integer> places() {
    return Arbitraries.integers().between(1, 11);
  }

  @Provide
  Arbitrary<String> bodies() {
    Arbitrary<String> digits = Arbitraries.strings().numeric().ofLength(11);
    Arbitrary<Character> last = Arbitraries.chars().with(("0123456789" + LETTERS).toCharArray());
    return net.jqwik.api.Combinators.combine(digits, last).as((start, end) -> start + end);
  }

  private static String completed(String body) {
    return LETTERS
        .chars()
        .mapToObj(c -> (char) c + body)
        .filter(Upn::isValid)
        .findFirst()
        .orElseThrow();
  }
}
