package uk.progressstream.audit.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.audit.TestLog;
import uk.progressstream.contracts.events.Event;
import uk.progressstream.contracts.events.Missing;
import uk.progressstream.contracts.events.ReceiptsReply;
import uk.progressstream.platform.outbox.Outbox;
import uk.progressstream.platform.problem.Problem;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.ServiceTestResource;

@QuarkusTest
@TestProfile(OutboxRelayTest.Scripted.class)
@WithTestResource(TestLog.class)
@WithTestResource(
    value = ServiceTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "audit"))
class OutboxRelayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @Inject ScriptedTransport transport;
  @Inject Outbox outbox;

  private final OutboxTable table = new OutboxTable();

  /** The relay as it is, over a transport that answers as a test wants. */
  public static class Scripted implements QuarkusTestProfile {
    @Override
    public Set<Class<?>> getEnabledAlternatives() {
      return Set.of(ScriptedTransport.class);
    }
  }

  @AfterEach
  void emptyTheOutbox() throws Exception {
    transport.answers(ScriptedTransport::all);
    until(() -> table.count("position is null") == 0);
  }

  @Test
  @Proves("D14")
  @DisplayName("a row leaves the outbox with its receipt and not before; the rest is carried again")
  void fewerReceiptsThanEvents() throws Exception {
    transport.answers(events -> ScriptedTransport.all(events.subList(0, 1)));
    List<UUID> ids = table.write(3);
    until(() -> transport.deliveries().size() >= 3);

    assertThat(carried()).startsWith(ids, ids.subList(1, 3), ids.subList(2, 3));
    until(() -> table.placed() == 3);
  }

  @Test
  @DisplayName("events without receipts stay, and are carried again and again")
  void withoutReceipts() throws Exception {
    transport.answers(events -> ReceiptsReply.getDefaultInstance());
    table.write(3);
    until(() -> transport.deliveries().size() >= 4);

    assertThat(table.placed()).isZero();
  }

  @Test
  @Proves("D14")
  @DisplayName("what the log misses is carried again, though it was taken for delivered")
  void whatIsMissingIsSentAgain() throws Exception {
    List<UUID> ids = new ArrayList<>(table.write(4));
    until(() -> table.placed() == 4);
    String school = table.school().toString();
    Missing fromTheThird = Missing.newBuilder().setSchool(school).setFrom(3).build();
    transport.answers(
        events ->
            events.size() == 1
                ? ReceiptsReply.newBuilder().addMissing(fromTheThird).build()
                : ScriptedTransport.all(events));
    ids.addAll(table.write(1));
    until(() -> table.placed() == 5 && transport.deliveries().size() >= 2);

    assertThat(carried()).containsExactly(ids.subList(4, 5), ids.subList(2, 5));
  }

  @Test
  @Proves("D14")
  @DisplayName("an event that the log only notes is no record: who waits for it is refused")
  void aRefusedEventIsNoRecord() throws Exception {
    transport.answers(
        events ->
            ReceiptsReply.newBuilder()
                .addReceipts(ScriptedTransport.receipt(events.get(0), true))
                .build());
    UUID id = table.write(1).get(0);
    until(() -> table.count("position is not null and refused") == 1);

    assertThatThrownBy(() -> outbox.published(id).await().atMost(PATIENCE))
        .isInstanceOfSatisfying(Problem.class, e -> assertThat(e.status()).isEqualTo(503));
  }

  private List<List<UUID>> carried() {
    return transport.deliveries().stream()
        .map(each -> each.events().stream().map(Event::getId).map(UUID::fromString).toList())
        .toList();
  }

  static void until(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("waited for long enough").isLessThan(deadline);
      Thread.sleep(20);
    }
  }
}
