package uk.progressstream.breach.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.progressstream.platform.problem.Problem;

class IncidentTextTest {
  private static final int CHARACTERS_MAX = 120;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A laptop was lost on a train on 2026-11-24T09:30Z, with an open session.",
        "Export by an unknown account, 24/11/2026 at 14:05; 1,200 pupils in 3 schools.",
        "CVE-2026-12345 in a library; patched in 1.4.2.",
        "The SW1A area office and year 11 are concerned."
      })
  @DisplayName("a text about what happened is taken as it is")
  void takesPlainText(String text) {
    assertThat(IncidentText.check("summary", text, CHARACTERS_MAX)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "e-mail address|Sent to head@school.example by mistake",
        "e-mail address|Sent to head＠school.example by mistake",
        "postcode|The family at SW1A 1AA was told",
        "postcode|the family at ec1a1bb was told",
        "unique pupil number|Pupil H801200001001 was named",
        "unique pupil number|Pupil g80120000101a was named",
        "UUID|Row 3F2504E0-4F89-41D3-9A0C-0305E82C3301 was read",
        "telephone number|Call 020 7946 0018 about it",
        "telephone number|Call +44 20 7946 0018 about it",
        "long number|Pupil 2024-00017 was named",
        "long number|Pupil ２０２４１７ was named",
        "long number|GP_00017 was read"
      })
  @DisplayName(
      "a text that looks as if it names somebody is refused, and the refusal does not repeat it")
  void refusesIdentifiers(String kind, String text) {
    assertThatThrownBy(() -> IncidentText.check("summary", text, CHARACTERS_MAX))
        .isInstanceOfSatisfying(
            Problem.class,
            problem ->
                assertThat(problem.detail())
                    .contains(kind)
                    .doesNotContain("school.example")
                    .doesNotContainPattern("\\d"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "a\u0000b", "a\u200bb", "a\u202eb"})
  @DisplayName("an empty text and one with hidden characters are refused")
  void refusesHidden(String text) {
    assertThatThrownBy(() -> IncidentText.check("summary", text, CHARACTERS_MAX))
        .isInstanceOf(Problem.class);
  }

  @Test
  @DisplayName("a text over its limit is refused")
  void refusesLong() {
    assertThatThrownBy(
            () -> IncidentText.check("summary", "a".repeat(CHARACTERS_MAX + 1), CHARACTERS_MAX))
        .isInstanceOf(Problem.class);
  }
}
