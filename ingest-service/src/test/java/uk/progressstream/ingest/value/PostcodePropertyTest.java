package uk.progressstream.ingest.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PostcodePropertyTest {

  /** Spacing and case make no difference, and what came out goes in again unchanged. */
  @Property
  void normalises(@ForAll("postcodes") String postcode, @ForAll("gaps") String gap) {
    String untidy = postcode.toLowerCase(Locale.ROOT).replace(" ", gap);

    assertThat(Postcode.check(postcode)).isEqualTo(Checked.good(postcode));
    assertThat(Postcode.check(untidy)).isEqualTo(Checked.good(postcode));
  }

  /** No text makes it fail, or take more than a moment. */
  @Property
  void anyText(@ForAll String text) {
    assertThat(Postcode.check(text)).isNotNull();
  }

  @Provide
  Arbitrary<String> gaps() {
    return Arbitraries.of("", " ", "  ", "\t");
  }

  @Provide
  Arbitrary<String> postcodes() {
    Arbitrary<String> first = letter("ABCDEFGHIJKLMNOPRSTUWYZ");
    Arbitrary<String> second = letter("ABCDEFGHKLMNOPQRSTUVWXY");
    Arbitrary<String> digit = Arbitraries.strings().numeric().ofLength(1);
    Arbitrary<String> area =
        Arbitraries.oneOf(first, Combinators.combine(first, second).as(String::concat));
    Arbitrary<String> district =
        Arbitraries.oneOf(
            digit,
            Combinators.combine(digit, digit).as(String::concat),
            Combinators.combine(digit, letter("ABEHMNPRVWXY")).as(String::concat));
    Arbitrary<String> inwardLetter = letter("ABDEFGHJLNPQRSTUWXYZ");
    Arbitrary<String> inward =
        Combinators.combine(digit, inwardLetter, inwardLetter).as((a, b, c) -> a + b + c);
    return Combinators.combine(area, district, inward).as((a, b, c) -> a + b + " " + c);
  }

  private static Arbitrary<String> letter(String letters) {
    return Arbitraries.chars().with(letters.toCharArray()).map(String::valueOf);
  }
}
