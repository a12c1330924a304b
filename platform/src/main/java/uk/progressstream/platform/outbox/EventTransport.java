package uk.progressstream.platform.outbox;

import io.smallrye.mutiny.Uni;
import java.util.List;
import uk.progressstream.contracts.events.Event;
import uk.progressstream.contracts.events.EventKey;
import uk.progressstream.contracts.events.ReceiptsReply;
import uk.progressstream.contracts.events.ReceiptsRequest;

/**
 * How events travel from an outbox to the log. One adapter goes straight there ({@link
 * DirectTransport}), others over a broker; all pass the same contract (docs/adr/0008).
 */
public interface EventTransport {

  /**
   * Hands over events; at least once.
   *
   * @param events of one service, at most 1,000, each school's in the order of its sequence
   * @return where the log holds them: a receipt for each event that the log is known to hold, none
   *     for the others; and which schools' events the log wants again, from which number. A failure
   *     means that none may be taken as delivered.
   */
  Uni<ReceiptsReply> deliver(List<Event> events);

  /** The question what the log holds of some events. */
  static ReceiptsRequest receiptsOf(Iterable<Event> events) {
    ReceiptsRequest.Builder request = ReceiptsRequest.newBuilder();
    for (Event event : events) {
      request.addEvents(
          EventKey.newBuilder()
              .setId(event.getId())
              .setSchool(event.getSchool())
              .setSequence(event.getSequence()));
    }
    return request.build();
  }
}
