package uk.progressstream.platform.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueriedTest {

  @ParameterizedTest
  @ValueSource(strings = {"yes", "1", "TRUE", "True", "on", "no", " true"})
  @DisplayName("what is neither true nor false is not taken for false")
  void flag(String value) {
    assertThat(new Route.Queried("dryRun", Boolean.class).wanted(value)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1.5", "99999999999", "0x10", "1e3"})
  @DisplayName("a number that is none is told with the parameter's name")
  void number(String value) {
    assertThat(new Route.Queried("limit", Integer.class).wanted(value))
        .contains("Send limit as a whole number of at most nine digits.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"123456", "me", "9A"})
  @DisplayName("a school's number is no id of it")
  void id(String value) {
    assertThat(new Route.Queried("school", UUID.class).wanted(value).orElseThrow())
        .startsWith("Send school as");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "7", "ce9b5f85-074b-889d-96b1-4ea3aec587d7"})
  @DisplayName("what is of its type is taken, and text whatever it is")
  void taken(String value) {
    Class<?> type =
        value.equals("true") ? Boolean.class : value.equals("7") ? Integer.class : UUID.class;

    assertThat(new Route.Queried("one", type).wanted(value)).isEmpty();
    assertThat(new Route.Queried("one", String.class).wanted(value)).isEmpty();
  }
}
