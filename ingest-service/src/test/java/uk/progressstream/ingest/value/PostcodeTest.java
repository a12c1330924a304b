package uk.progressstream.ingest.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.progressstream.ingest.finding.ProblemCode;
import uk.progressstream.ingest.value.Checked.Good;
import uk.progressstream.ingest.value.Checked.Refused;

class PostcodeTest {

  @ParameterizedTest
  @CsvSource({
    "M1 1AA, M1 1AA",
    "m11aa, M1 1AA",
    "M60 1NW, M60 1NW",
    "W1A 1HQ, W1A 1HQ",
    "CR2 6XH, CR2 6XH",
    "DN551PT, DN55 1PT",
    "ec1a  1bb, EC1A 1BB",
    "GIR 0AA, GIR 0AA",
    "gir0aa, GIR 0AA",
    "BFPO 57, BFPO 57",
    "bfpo1234, BFPO 1234",
    "BFPO c/o 12, BFPO 12",
    "BF1 3AA, BF1 3AA",
    "se1p 5lx, SE1P 5LX"
  })
  @DisplayName("every form of BS 7666, GIR 0AA and BFPO, however it is spaced")
  void accepted(String text, String normalised) {
    assertThat(Postcode.check(text)).isEqualTo(new Good<>(normalised));
  }

  @ParameterizedTest
  @CsvSource({
    "M1, NOT_A_POSTCODE",
    "QM1 1AA, NOT_A_POSTCODE",
    "MI1 1AA, NOT_A_POSTCODE",
    "M1 1AO, NOT_A_POSTCODE",
    "M1 AA1, NOT_A_POSTCODE",
    "GIR 0AB, NOT_A_POSTCODE",
    "GIR 1AA, NOT_A_POSTCODE",
    "BFPO, NOT_A_POSTCODE",
    "BFPO 12345, NOT_A_POSTCODE",
    "90210, NOT_A_POSTCODE",
    "12 High Street, ADDRESS",
    "'Flat 2, Mill Road, Leeds', ADDRESS",
    "'7 Anyplace, Leeds LS1 1UR', ADDRESS",
    "x@y.example, EMAIL",
    "2011-03-12, DATE_OF_BIRTH",
    "=A1, FORMULA"
  })
  @DisplayName("anything else is refused, and an address is named as one")
  void refused(String text, ProblemCode code) {
    assertThat(Postcode.check(text)).isEqualTo(new Refused<>(code, ""));
  }
}
