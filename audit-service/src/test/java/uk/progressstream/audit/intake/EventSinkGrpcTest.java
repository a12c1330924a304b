package uk.progressstream.audit.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.audit.EventFeed;
import uk.progressstream.audit.TestLog;
import uk.progressstream.contracts.events.Event;
import uk.progressstream.contracts.events.Missing;
import uk.progressstream.contracts.events.Receipt;
import uk.progressstream.contracts.events.ReceiptsReply;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.PeerChannel;
import uk.progressstream.provisioning.testing.ServiceTestResource;
import uk.progressstream.provisioning.testing.TestKit;

@QuarkusTest
@WithTestResource(TestLog.class)
@WithTestResource(
    value = ServiceTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "audit"))
class EventSinkGrpcTest {
  private static final List<String> SOURCES = List.of("grades", "ingest", "identity", "sensitive");

  @TestHTTPResource(value = "/", tls = true)
  URL service;

  private EventFeed feed;

  @BeforeEach
  void feed() {
    feed = feed("grades");
  }

  @Test
  @Proves("D14")
  @DisplayName("the same events delivered twice have one leaf each")
  void repeatsAreIdempotent() {
    List<Event> events = feed.next(3);
    List<Long> first = feed.deliver(events);

    assertThat(first).isEqualTo(LongStream.range(first.get(0), first.get(0) + 3).boxed().toList());
    assertThat(feed.deliver(events)).isEqualTo(first);
    Event repeated = events.get(1);
    Event fresh = feed.next();
    assertThat(feed.deliver(repeated, fresh, fresh))
        .startsWith(first.get(1))
        .satisfies(leaves -> assertThat(leaves.get(2)).isEqualTo(leaves.get(1)));
  }

  @Test
  @Proves("D14")
  @DisplayName("an event left out of a school's sequence: nothing after it is taken until it comes")
  void aGapIsRefused() {
    Event first = feed.next();
    Event missing = feed.next();
    Event third = feed.next();
    feed.deliver(first);

    assertStatus(Status.Code.ABORTED, () -> feed.deliver(third));
    assertStatus(Status.Code.ABORTED, () -> feed.deliver(first, third));
    assertThat(feed.deliver(missing, third)).hasSize(2).isSorted();
  }

  @Test
  @Proves("D14")
  @DisplayName("an event in another's place, or with another number than before, is refused")
  void rewritingIsRefused() {
    Event first = feed.next();
    feed.deliver(first);

    assertStatus(
        Status.Code.ABORTED, () -> feed.deliver(feed.event("grades.read", 1, EventFeed.body())));
    assertStatus(Status.Code.ABORTED, () -> feed.deliver(first.toBuilder().setSequence(2).build()));
  }

  @Test
  @DisplayName("within a delivery the order does not matter, only that none is missing")
  void orderWithinADelivery() {
    List<Event> events = new ArrayList<>(feed.next(5));
    Collections.reverse(events);

    assertThat(feed.deliver(events)).hasSize(5).isSorted();
  }

  @Test
  @DisplayName("each service counts for itself, and so does each school")
  void sequencesAreApart() {
    UUID school = UUID.randomUUID();
    for (String source :
        List.of("identity", "ingest", "pseudonym", "sensitive", "audit", "breach")) {
      EventFeed own = new EventFeed(service, TestKit.current(), source, school);
      assertThat(own.deliver(own.next(2))).hasSize(2);
    }
  }

  @Test
  @Proves("D2")
  @DisplayName("a service can neither speak for another nor without being on the list")
  void nobodySpeaksForAnother() {
    List<Event> events = feed.next(1);

    for (String peer : List.of("ingest", "audit", "breach")) {
      assertStatus(Status.Code.NOT_FOUND, () -> feed.deliverAs(peer, events));
    }
    for (String peer : List.of("gateway", "stranger", "grades2")) {
      assertThatThrownBy(() -> feed.deliverAs(peer, events))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e ->
                  assertThat(e.getStatus().getCode())
                      .isIn(Status.Code.PERMISSION_DENIED, Status.Code.UNAUTHENTICATED));
    }
  }

  @Test
  @Proves("D14")
  @DisplayName(
      "a body with an unknown key: the log holds that there was an event, nothing of what it says,"
          + " and the school's next events are taken")
  void anUnknownKeyIsNotedOnly() throws SQLException {
    Event good = feed.next();
    Event bad = feed.next("grades.read", EventFeed.body().put("name", "somebody"));
    Event after = feed.next();

    List<Receipt> receipts = feed.receiptsFor(good, bad, after);

    assertThat(receipts).extracting(Receipt::getRefused).containsExactly(false, true, false);
    assertThat(receipts).extracting(Receipt::getPosition).isSorted();
    assertThat(record(bad))
        .doesNotContain("somebody")
        .contains("\"kind\":\"event.refused\"", "\"outcome\":\"unreadable\"", "unknown-key");
  }

  @Test
  @DisplayName("a refused event that comes again, even mended, stays refused at its first leaf")
  void aRefusalStays() {
    Event bad = feed.next("grades.read", EventFeed.body().put("name", "somebody"));
    Receipt first = feed.receiptsFor(bad).get(0);
    Event mended = bad.toBuilder().setBody(EventFeed.body().encode()).build();

    assertThat(feed.receiptsFor(bad)).containsExactly(first);
    assertThat(feed.receiptsFor(mended)).containsExactly(first);
    assertThat(feed.ask("grades", bad).getReceiptsList()).containsExactly(first);
  }

  @Test
  @DisplayName("an event with no readable kind or number cannot be noted, and is sent back")
  void whatCannotBeNoted() {
    Event good = feed.next();

    assertStatus(
        Status.Code.INVALID_ARGUMENT,
        () -> feed.deliver(good, feed.next().toBuilder().setKind("Read").build()));
    assertThat(feed.ask("grades", good).getReceiptsList()).isEmpty();
  }

  @Test
  @Proves("D14")
  @DisplayName("a service is told what the log holds of its own events, and of nobody else's")
  void receiptsOfOnesOwn() {
    List<Event> events = feed.next(2);
    List<Receipt> receipts = feed.receiptsFor(events.toArray(Event[]::new));
    Event waiting = feed.next();

    assertThat(feed.ask("grades", events.get(0), events.get(1), waiting).getReceiptsList())
        .isEqualTo(receipts);
    assertThat(feed.ask("grades", waiting).getMissingList()).isEmpty();
    assertThat(feed.ask("ingest", events.get(0), events.get(1)).getReceiptsList()).isEmpty();
    for (String peer : List.of("gateway", "backup", "stranger")) {
      assertThatThrownBy(() -> feed.ask(peer, events.get(0)))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e ->
                  assertThat(e.getStatus().getCode())
                      .isIn(Status.Code.PERMISSION_DENIED, Status.Code.UNAUTHENTICATED));
    }
  }

  @Test
  @Proves("D14")
  @DisplayName("a source that goes on past what the log holds is told from which number on")
  void whatIsMissing() {
    feed.deliver(feed.next(2));
    feed.next(3);
    Event sixth = feed.next();

    ReceiptsReply answer = feed.ask("grades", sixth);

    assertThat(answer.getReceiptsList()).isEmpty();
    assertThat(answer.getMissingList())
        .containsExactly(Missing.newBuilder().setSchool(sixth.getSchool()).setFrom(3).build());
  }

  @Test
  @Proves("D14")
  @DisplayName("twenty deliveries at once from four services: every event has exactly one leaf")
  void deliveriesAtOnce() {
    List<PeerChannel> channels =
        SOURCES.stream().map(each -> PeerChannel.open(service, TestKit.current(), each)).toList();
    List<CompletableFuture<List<Long>>> running =
        IntStream.range(0, 20)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> deliverThirty(channels, i % 4)))
            .toList();

    List<Long> leaves = running.stream().flatMap(each -> each.join().stream()).toList();
    channels.forEach(PeerChannel::close);
    assertThat(new HashSet<>(leaves)).hasSize(600);
  }

  private List<Long> deliverThirty(List<PeerChannel> channels, int source) {
    return EventFeed.deliverBy(channels.get(source), feed(SOURCES.get(source)).next(30));
  }

  private EventFeed feed(String source) {
    return new EventFeed(service, TestKit.current(), source, UUID.randomUUID());
  }

  private static String record(Event event) throws SQLException {
    try (Connection superuser = TestKit.current().superuser();
        PreparedStatement select =
            superuser.prepareStatement("select body from record where id = ?")) {
      select.setObject(1, UUID.fromString(event.getId()));
      try (ResultSet rows = select.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }

  private static void assertStatus(Status.Code code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class, e -> assertThat(e.getStatus().getCode()).isEqualTo(code));
  }
}
