package uk.progressstream.identity.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import uk.progressstream.platform.problem.Problem;

class CreationIdTest {
  private final UUID account = UUID.randomUUID();

  @Test
  void theSameRequestHasTheSameId() {
    UUID id = CreationId.of("key-1", account, "class");

    assertThat(CreationId.of("key-1", account, "class")).isEqualTo(id);
    assertThat(id.version()).isEqualTo(8);
    assertThat(id.variant()).isEqualTo(2);
  }

  @Test
  void anotherKeyAccountOrThingHasAnother() {
    UUID id = CreationId.of("key-1", account, "class");

    assertThat(CreationId.of("key-2", account, "class")).isNotEqualTo(id);
    assertThat(CreationId.of("key-1", UUID.randomUUID(), "class")).isNotEqualTo(id);
    assertThat(CreationId.of("key-1", account, "school")).isNotEqualTo(id);
    assertThat(CreationId.of(null, account, "class"))
        .isNotEqualTo(CreationId.of(null, account, "class"));
  }

  @Test
  void aKeyIsShortAndPrintable() {
    for (String key : new String[] {"", "a b", "\n", "é", "k".repeat(129)}) {
      assertThatThrownBy(() -> CreationId.of(key, account, "class")).isInstanceOf(Problem.class);
    }
  }
}
