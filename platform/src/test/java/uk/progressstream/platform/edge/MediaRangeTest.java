package uk.progressstream.platform.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaRangeTest {
  private static final List<String> OFFERED = List.of("application/json", "text/csv");

  @ParameterizedTest(name = "{0} gets {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "*/*|application/json",
        "text/*|text/csv",
        "text/csv;q=0.9, application/json;q=0.8|text/csv",
        "text/csv, application/json|application/json",
        "*/*, application/json;q=0|text/csv",
        "*/*;q=0.1, text/csv;q=0.2|text/csv",
        "APPLICATION/JSON; charset=utf-8; Q=1.0|application/json",
        "nonsense, ;;, text/csv|text/csv",
        "text/html, image/gif, *; q=.2, */*; q=.2|application/json"
      })
  void theBestIsChosen(String accept, String expected) {
    assertThat(MediaRange.best(MediaRange.of(List.of(accept)), OFFERED)).contains(expected);
  }

  @ParameterizedTest(name = "{0} gets nothing")
  @ValueSource(strings = {"image/png", "*/*;q=0", "text/csv;q=0, image/*"})
  void nothingOfItIsServed(String accept) {
    assertThat(MediaRange.best(MediaRange.of(List.of(accept)), OFFERED)).isEmpty();
  }

  @Test
  @DisplayName("what is not understood counts for nothing")
  void oddOnes() {
    assertThat(MediaRange.of(List.of(";;", "a", "a/b/c", "text/csv;q=x", "text/csv;q=", "")))
        .isEmpty();
    assertThat(MediaRange.of(List.of(",".repeat(100_000)))).isEmpty();
  }

  @Test
  @DisplayName("a Content-Type is one type, not a range")
  void contentTypes() {
    assertThat(MediaRange.contentType("Text/CSV; charset=utf-8")).contains("text/csv");
    assertThat(MediaRange.contentType("*/*")).isEqualTo(Optional.empty());
    assertThat(MediaRange.contentType("text/*")).isEmpty();
    assertThat(MediaRange.contentType(";;")).isEmpty();
    assertThat(MediaRange.contentType("")).isEmpty();
  }
}
