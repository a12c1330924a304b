package uk.progressstream.ingest.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.progressstream.ingest.finding.ProblemCode;
import uk.progressstream.ingest.value.Checked.Good;
import uk.progressstream.ingest.value.Checked.Refused;

class EnrollmentIdTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "004512",
        "ADM-00123",
        "gp/2024/17",
        "2024.0417",
        "S123456789012",
        "I80120000100",
        "x9",
        "STU00000000000000000000000000001",
        "20241345",
        "310299",
        "7700900123",
        "jo.smith7"
      })
  @DisplayName("ids of schools' own making are taken as they are")
  void accepted(String id) {
    assertThat(EnrollmentId.check(id)).isEqualTo(new Good<>(id));
  }

  @ParameterizedTest
  @CsvSource({
    "H801200001001, UPN",
    "h801200001001, UPN",
    "G80120000101A, UPN",
    "H801200001002, UPN_LIKE",
    "pupil@school.example, EMAIL",
    "p1@x, EMAIL",
    "2011-03-12, DATE_OF_BIRTH",
    "12/03/2011, DATE_OF_BIRTH",
    "12.3.11, DATE_OF_BIRTH",
    "20110312, DATE_OF_BIRTH",
    "12032011, DATE_OF_BIRTH",
    "12-Mar-2011, DATE_OF_BIRTH",
    "07700900123, PHONE",
    "0207-946-0000, PHONE",
    "+447700900123, PHONE",
    "447700900123, PHONE",
    "Smith, PERSON_NAME",
    "john.smith7, PERSON_NAME",
    "John Smith, PERSON_NAME",
    "O'Neill, PERSON_NAME",
    "=1+1, FORMULA",
    "-12, FORMULA",
    "@SUM(1), FORMULA",
    "a b 1, BAD_ENROLLMENT_ID",
    "12#4, BAD_ENROLLMENT_ID",
    "é1, BAD_ENROLLMENT_ID",
    "123456789012345678901234567890123, BAD_ENROLLMENT_ID"
  })
  @DisplayName("what means something outside the school is refused, and named for what it is")
  void refused(String id, ProblemCode code) {
    assertThat(EnrollmentId.check(id)).isEqualTo(new Refused<>(code, ""));
  }
}
