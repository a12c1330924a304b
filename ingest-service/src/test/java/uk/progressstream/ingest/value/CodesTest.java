package uk.progressstream.ingest.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.progressstream.ingest.finding.ProblemCode;
import uk.progressstream.ingest.value.Checked.Good;
import uk.progressstream.ingest.value.Checked.Refused;

class CodesTest {

  @ParameterizedTest
  @CsvSource({
    "ethnicity, wbri, WBRI",
    "ethnicity, NOBT, NOBT",
    "pupil-premium, Ever 6, EVER6",
    "pupil-premium, PLAC, PLAC",
    "eal, ENG, ENG",
    "eal, OTB, OTB",
    "service-child, U, U",
    "yes-no, true, Y",
    "yes-no, N, N",
    "grade-kind, Target, target",
    "sen-provision, k, K"
  })
  @DisplayName("a code is taken in any case and passed on as its list writes it")
  void accepted(String list, String text, String code) {
    assertThat(CodeList.load(list).check(text)).isEqualTo(new Good<>(code));
  }

  @ParameterizedTest
  @CsvSource({
    "ethnicity, WBR, UNKNOWN_CODE",
    "pupil-premium, a friend of x@y.example, EMAIL",
    "yes-no, maybe, UNKNOWN_CODE",
    "grade-kind, predicted, UNKNOWN_CODE"
  })
  @DisplayName("any other text is refused with the name of the list")
  void refused(String list, String text, ProblemCode code) {
    assertThat(CodeList.load(list).check(text)).isEqualTo(new Refused<>(code, list));
  }

  @Test
  @DisplayName("types of need are ranked, distinct, and go with K or E")
  void senTypes() {
    assertThat(SenNeed.types("ASD, mld", "E")).isEqualTo(new Good<>(List.of("ASD", "MLD")));
    assertThat(SenNeed.types("NSA", "K")).isEqualTo(new Good<>(List.of("NSA")));
    assertThat(SenNeed.types("NSA", "E"))
        .isEqualTo(new Refused<>(ProblemCode.SEN_TYPE_NEEDS_K, ""));
    assertThat(SenNeed.types("ASD;ASD", "K"))
        .isEqualTo(new Refused<>(ProblemCode.REPEATED_CODE, ""));
    assertThat(SenNeed.types("ASD", "N"))
        .isEqualTo(new Refused<>(ProblemCode.SEN_TYPE_WITHOUT_PROVISION, ""));
    assertThat(SenNeed.types("XYZ", "K"))
        .isEqualTo(new Refused<>(ProblemCode.UNKNOWN_CODE, "sen-type"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "G1",
        "2024-25",
        "2024-25 Autumn 2",
        "Autumn 2025",
        "P3",
        "Y11 mock",
        "KS4 final",
        "T1",
        "spring half term",
        "2025-06",
        "2025",
        "Sep 2025"
      })
  @DisplayName("periods of years, terms and short codes are taken")
  void periods(String text) {
    assertThat(Period.check(text)).isEqualTo(new Good<>(text));
  }

  @ParameterizedTest
  @CsvSource({
    "Smith, BAD_PERIOD",
    "G1 Smith, BAD_PERIOD",
    "2011-03-12, DATE_OF_BIRTH",
    "12 Mar 2011, DATE_OF_BIRTH",
    "07 70 09 00 12, PHONE",
    "1/2/3/4/5/6, BAD_PERIOD"
  })
  @DisplayName("no name, date of birth or phone number fits into a period")
  void badPeriods(String text, ProblemCode code) {
    assertThat(Period.check(text)).isEqualTo(new Refused<>(code, ""));
  }

  @Test
  @DisplayName("a subject is one of the list or of the school's own classes, as these spell it")
  void subjects() {
    Subjects subjects = new Subjects(Set.of("Maths", "Rural Crafts", "", "X".repeat(80)));

    assertThat(subjects.check("MATHS")).isEqualTo(new Good<>("Maths"));
    assertThat(subjects.check("rural crafts")).isEqualTo(new Good<>("Rural Crafts"));
    assertThat(subjects.check("portuguese")).isEqualTo(new Good<>("Portuguese"));
    assertThat(subjects.check("Jane Smith"))
        .isEqualTo(new Refused<>(ProblemCode.UNKNOWN_SUBJECT, ""));
    assertThat(subjects.check("X".repeat(80))).isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "Year 10, 10", "Y9, 9", "R, R", "n2, N2"})
  @DisplayName("year groups with or without a word before them")
  void yearGroups(String text, String group) {
    assertThat(YearGroup.check(text)).isEqualTo(new Good<>(group));
    assertThat(YearGroup.check("15")).isEqualTo(new Refused<>(ProblemCode.BAD_YEAR_GROUP, ""));
  }
}
