package uk.progressstream.audit.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.audit.EventFeed;
import uk.progressstream.contracts.events.Event;
import uk.progressstream.contracts.events.Receipt;
import uk.progressstream.contracts.events.SignedEvent;
import uk.progressstream.provisioning.pki.CredentialFiles;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.transport.signature.EventSigner;

/** What is promised besides where a broker stands between, which anybody may have written to. */
abstract class BrokerContract extends EventTransportContract {

  @Test
  @Proves("D2")
  @DisplayName("whoever can write to the topic but is no service gets nothing into the log")
  void theBrokerIsNotBelieved() throws Exception {
    EventFeed feed = feed();
    Event event = feed.next();
    SignedEvent genuine = signer("grades").sign(event);
    SignedEvent changed =
        genuine.toBuilder()
            .setEvent(event.toBuilder().setBody(EventFeed.body().encode()).build().toByteString())
            .build();
    SignedEvent underAnothersName =
        signer("ingest").sign(event).toBuilder()
            .clearCertificates()
            .addAllCertificates(genuine.getCertificatesList())
            .build();
    double before = unproven();

    broker().inject(event.getSchool(), ByteString.copyFromUtf8("nonsense"));
    broker().inject(event.getSchool(), event.toByteString());
    broker().inject(event.getSchool(), changed.toByteString());
    broker().inject(event.getSchool(), underAnothersName.toByteString());
    broker().inject(event.getSchool(), signer("backup").sign(event).toByteString());
    OutboxRelayTest.until(() -> unproven() >= before + 5);

    assertThat(feed.ask("grades", event).getReceiptsList()).isEmpty();
    assertThat(deliver(List.of(event)).getReceiptsList()).hasSize(1);
  }

  @Test
  @Proves("D14")
  @DisplayName("a genuine event with a number that is taken is dead-lettered; its school goes on")
  void aTakenNumber() throws Exception {
    EventFeed feed = feed();
    Event first = feed.next();
    deliver(List.of(first));
    double before = refused("grades", "number-taken");
    Event other = feed.event("grades.read", 1, EventFeed.body());

    broker().inject(first.getSchool(), signer("grades").sign(other).toByteString());
    OutboxRelayTest.until(() -> refused("grades", "number-taken") > before);

    assertThat(deliver(feed.next(2)).getReceiptsList()).hasSize(2);
    assertThat(feed.ask("grades", other).getReceiptsList()).isEmpty();
  }

  @Test
  @Proves("D14")
  @DisplayName("events that the broker brings in disorder, all at once, get leaves in their order")
  void disorder() throws Exception {
    EventFeed feed = feed();
    List<Event> events = feed.next(6);
    for (int i : new int[] {4, 5, 0, 2, 1, 3}) {
      broker()
          .inject(events.get(i).getSchool(), signer("grades").sign(events.get(i)).toByteString());
    }

    assertThat(deliverUntilComplete(events)).extracting(Receipt::getPosition).isSorted();
  }

  private double unproven() {
    return List.of("no-message", "bad-certificate", "bad-signature", "unknown-source").stream()
        .mapToDouble(rule -> refused("unproven", rule))
        .sum();
  }

  private static EventSigner signer(String peer) {
    CredentialFiles own = TestKit.current().filesOf(peer);
    return EventSigner.of(own.certificate(), own.keyDer());
  }
}
