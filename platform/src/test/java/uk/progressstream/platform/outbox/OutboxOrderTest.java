package uk.progressstream.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OutboxOrderTest {
  // To Java the second is negative, and so the lesser.
  private static final UUID LOW = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final UUID HIGH = UUID.fromString("f0000000-0000-4000-8000-000000000000");

  @Test
  @DisplayName("schools are taken in the database's order of ids, a school's events as they came")
  void byDatabasesOrder() {
    AuditEvent high = AuditEvent.of("one", HIGH);
    AuditEvent low = AuditEvent.of("two", LOW);
    AuditEvent lowAgain = AuditEvent.of("three", LOW);

    assertThat(Outbox.inOrder(List.of(high, low, lowAgain))).containsExactly(low, lowAgain, high);
  }
}
