package uk.progressstream.pseudonym.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnrollmentIdTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "noDigit",
        "with space1",
        "a@b1",
        "line\n1",
        "123456789012345678901234567890123"
      })
  void refusesWhatIsNotInItsFormWithoutNamingIt(String text) {
    assertThatThrownBy(() -> new EnrollmentId(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not an enrollment_id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ab1 2cd", "AB12CD", "AB1  2CD", "AB1 2CD ", "BIRMINGHAM 1", "1B 2CD"})
  void refusesAPostcodeThatIsNotInItsOneForm(String text) {
    assertThatThrownBy(() -> new Postcode(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a normalised postcode");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "M1 1AA",
        "M60 1NW",
        "CR2 6XH",
        "DN55 1PT",
        "W1A 1HQ",
        "EC1A 1BB",
        "GIR 0AA",
        "BFPO 805"
      })
  void takesEveryNormalForm(String text) {
    assertThat(new Postcode(text).text()).isEqualTo(text);
  }

  @Property
  void everyPaddedIdIsEquallyLong(
      @ForAll @StringLength(max = 31) @CharRange(from = 'a', to = 'z') String letters) {
    EnrollmentId id = new EnrollmentId(letters + "1");

    assertThat(id.padded()).hasSize(32).startsWith(id.text());
    assertThat(id.padded().strip()).isEqualTo(id.text());
  }

  @Property
  void neitherIsEverPrinted(@ForAll @CharRange(from = '0', to = '9') char digit) {
    EnrollmentId id = new EnrollmentId("secret-" + digit);
    Postcode postcode = new Postcode("AB" + digit + " 2CD");
    Enrolment enrolment = new Enrolment(id, UUID.randomUUID(), postcode);

    assertThat(id + " " + postcode + " " + enrolment).doesNotContain("secret", "AB", "2CD");
  }
}
