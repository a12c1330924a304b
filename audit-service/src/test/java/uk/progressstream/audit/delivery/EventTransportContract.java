package uk.progressstream.audit.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.audit.EventFeed;
import uk.progressstream.contracts.events.DeadLetter;
import uk.progressstream.contracts.events.Event;
import uk.progressstream.contracts.events.EventSink;
import uk.progressstream.contracts.events.EventSinkClient;
import uk.progressstream.contracts.events.Missing;
import uk.progressstream.contracts.events.Receipt;
import uk.progressstream.contracts.events.ReceiptsReply;
import uk.progressstream.platform.outbox.EventTransport;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.PeerChannel;
import uk.progressstream.provisioning.testing.TestKit;

/**
 * What every transport promises, held against the real intake: its own database, its own tree, the
 * peers' own certificates. A service, {@code grades}, delivers as its relay would; the service
 * under test is a source too, by its own outbox.
 */
abstract class EventTransportContract {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TestHTTPResource(value = "/", tls = true)
  URL service;

  @Inject MeterRegistry meters;

  private PeerChannel line;
  private EventTransport transport;
  private EventFeed feed;

  /** What stands between; started before the first test and used by all. */
  abstract Broker broker();

  @BeforeEach
  void grades() throws Exception {
    line = PeerChannel.open(service, TestKit.current(), "grades");
    transport = broker().transportOf(TestKit.current().filesOf("grades"), log(line));
    feed = feed();
  }

  @AfterEach
  void hangUp() throws Exception {
    close(transport);
    line.close();
  }

  private static void close(EventTransport transport) throws Exception {
    if (transport instanceof AutoCloseable open) {
      open.close();
    }
  }

  @Test
  @Proves("D14")
  @DisplayName("receipts are complete, and each school's events have leaves in their order")
  void orderPerSchool() {
    List<EventFeed> schools = List.of(feed(), feed(), feed());
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      events.add(schools.get(i % 3).next());
    }

    List<Receipt> receipts = deliver(events).getReceiptsList();

    assertThat(receipts)
        .extracting(Receipt::getEventId)
        .isEqualTo(events.stream().map(Event::getId).toList());
    Map<String, List<Long>> leaves = new LinkedHashMap<>();
    for (int i = 0; i < events.size(); i++) {
      leaves
          .computeIfAbsent(events.get(i).getSchool(), school -> new ArrayList<>())
          .add(receipts.get(i).getPosition());
    }
    assertThat(leaves).hasSize(3);
    assertThat(leaves.values()).allSatisfy(each -> assertThat(each).isSorted().hasSize(40));
  }

  @Test
  @Proves("D14")
  @DisplayName("what is delivered twice has one leaf, the first")
  void duplicates() {
    List<Event> events = feed.next(5);
    List<Receipt> first = deliver(events).getReceiptsList();

    assertThat(deliver(events).getReceiptsList()).isEqualTo(first).hasSize(5);
    assertThat(deliver(events.subList(2, 4)).getReceiptsList()).isEqualTo(first.subList(2, 4));
  }

  @Test
  @Proves("D14")
  @DisplayName("what stands between goes away and comes back: a failure, nothing lost, no disorder")
  void awayAndBack() throws Exception {
    List<Event> before = feed.next(3);
    List<Event> during = feed.next(4);
    List<Receipt> receipts = new ArrayList<>(deliverUntilComplete(before));
    broker().goesAway();
    try {
      assertThatThrownBy(() -> deliver(during)).isInstanceOf(RuntimeException.class);
      assertThatThrownBy(() -> deliver(during)).isInstanceOf(RuntimeException.class);
    } finally {
      broker().comesBack();
    }
    List<Event> all = new ArrayList<>(during);
    all.addAll(feed.next(3));

    receipts.addAll(deliverUntilComplete(all));

    assertThat(receipts).hasSize(10);
    assertThat(receipts)
        .extracting(Receipt::getPosition)
        .isSorted()
        .doesNotHaveDuplicates()
        .isEqualTo(feed.deliver(concat(before, all)));
  }

  @Test
  @Proves("D2")
  @DisplayName("a service that writes in another's name, or is none, gets nothing into the log")
  void nobodySpeaksForAnother() throws Exception {
    Event forged = feed.next();

    for (String peer : List.of("ingest", "gateway", "grades2")) {
      assertNothingComes(peer, forged);
    }
    assertThat(feed.ask("grades", forged).getReceiptsList()).isEmpty();
    assertThat(deliver(List.of(forged)).getReceiptsList()).as("the number is free").hasSize(1);
  }

  @Test
  @Proves("D3")
  @DisplayName("an event that the log cannot take is noted, counted, and holds up nobody")
  void aRefusedEvent() throws Exception {
    double counted = refused("grades", "unknown-key");
    Event bad = feed.next("grades.read", EventFeed.body().put("pupilName", "Ada"));
    Event after = feed.next();

    List<Receipt> receipts = deliver(List.of(bad, after)).getReceiptsList();

    assertThat(receipts).extracting(Receipt::getRefused).containsExactly(true, false);
    assertThat(refused("grades", "unknown-key")).isGreaterThanOrEqualTo(counted + 1);
    assertDeadLetter(bad);
  }

  @Test
  @Proves("D14")
  @DisplayName("a hole in a school's sequence raises the alarm and is asked for again")
  void aGap() {
    double counted = gaps();
    deliver(feed.next(2));
    List<Event> lost = feed.next(2);
    List<Event> later = feed.next(2);

    ReceiptsReply answer = deliver(later);

    assertThat(answer.getReceiptsList()).isEmpty();
    assertThat(answer.getMissingList())
        .containsExactly(
            Missing.newBuilder().setSchool(later.get(0).getSchool()).setFrom(3).build());
    assertThat(gaps()).isGreaterThan(counted);
    assertThat(deliver(concat(lost, later)).getReceiptsList())
        .hasSize(4)
        .extracting(Receipt::getPosition)
        .isSorted();
  }

  @Test
  @Proves("D14")
  @DisplayName(
      "the outbox, end to end: rows leave it with their leaf, and what was lost goes again")
  void theOutboxItself() throws Exception {
    OutboxTable table = new OutboxTable();
    table.write(3);
    OutboxRelayTest.until(() -> table.placed() == 3);
    broker().goesAway();
    try {
      table.write(2);
      Thread.sleep(1_000);
      assertThat(table.placed()).isEqualTo(3);
    } finally {
      broker().comesBack();
    }
    OutboxRelayTest.until(() -> table.placed() == 5);

    table.pretendDelivered(2);
    table.write(1);
    OutboxRelayTest.until(() -> table.placed() == 8 && table.leavesFit());
  }

  @Test
  @Proves("D14")
  @DisplayName(
      "a source's database that was set back: what it writes from then on gets numbers that are free")
  void aSourceThatWasSetBack() throws Exception {
    OutboxTable table = new OutboxTable();
    table.write(4);
    OutboxRelayTest.until(() -> table.placed() == 4);

    table.setBack(3);
    table.write(5);

    OutboxRelayTest.until(() -> table.placed() == 6 && table.leavesFit());
    assertThat(table.count("sequence between 5 and 9")).isEqualTo(5);
    table.goOnFrom(9);
    table.write(1);
    OutboxRelayTest.until(() -> table.placed() == 7 && table.leavesFit());
  }

  void assertDeadLetter(Event bad) throws Exception {
    List<ByteString> letters = broker().deadLetters(1);
    DeadLetter letter = null;
    for (ByteString each : letters) {
      assertThat(each.toStringUtf8()).doesNotContain("Ada", "pupilName");
      DeadLetter parsed = DeadLetter.parseFrom(each);
      letter = parsed.getEventId().equals(bad.getId()) ? parsed : letter;
    }
    assertThat(letter)
        .isEqualTo(
            DeadLetter.newBuilder()
                .setSource("grades")
                .setEventId(bad.getId())
                .setSchool(bad.getSchool())
                .setSequence(bad.getSequence())
                .setRule("unknown-key")
                .build());
  }

  ReceiptsReply deliver(List<Event> events) {
    return transport.deliver(events).await().atMost(PATIENCE);
  }

  EventFeed feed() {
    return new EventFeed(service, TestKit.current(), "grades", UUID.randomUUID());
  }

  double refused(String source, String rule) {
    return sum("audit.events.refused", "source", source, "rule", rule);
  }

  private void assertNothingComes(String peer, Event forged) throws Exception {
    try (PeerChannel own = PeerChannel.open(service, TestKit.current(), peer)) {
      EventTransport theirs = broker().transportOf(TestKit.current().filesOf(peer), log(own));
      try {
        assertThat(theirs.deliver(List.of(forged)).await().atMost(PATIENCE).getReceiptsList())
            .isEmpty();
      } catch (RuntimeException refused) {
        assertThat(refused).hasMessageNotContaining(forged.getId());
      } finally {
        close(theirs);
      }
    }
  }

  List<Receipt> deliverUntilComplete(List<Event> events) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<Receipt> receipts = List.of();
    while (receipts.size() < events.size()) {
      assertThat(System.nanoTime()).as("it came back").isLessThan(deadline);
      Thread.sleep(200);
      try {
        receipts = deliver(events).getReceiptsList();
      } catch (RuntimeException notYet) {
        receipts = List.of();
      }
    }
    return receipts;
  }

  private double gaps() {
    return sum("audit.sequence.gaps", "source", "grades");
  }

  private double sum(String name, String... tags) {
    return meters.find(name).tags(tags).counters().stream().mapToDouble(Counter::count).sum();
  }

  private static EventSink log(PeerChannel channel) {
    return new EventSinkClient("audit", channel.bare(), (name, stub) -> stub);
  }

  private static List<Event> concat(List<Event> first, List<Event> second) {
    List<Event> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
