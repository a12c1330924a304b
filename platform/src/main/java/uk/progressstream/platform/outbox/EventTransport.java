package uk.progressstream.platform.outbox;

import io.smallrye.mutiny.Uni;
import java.util.List;
import uk.progressstream.contracts.events.Event;
import uk.progressstream.contracts.events.Receipt;

/**
 * How events travel from an outbox to the log. Adapters: direct (gRPC), and later Pub/Sub and
 * Kafka; all must pass the same contract.
 */
public interface EventTransport {

  /**
   * Hands over events, in their order; at least once.
   *
   * @param events of one service, at most 1,000, each school's in the order of its sequence
   * @return where the log holds each of them, in the same order; a failure means that none may be
   *     taken as delivered
   */
  Uni<List<Receipt>> deliver(List<Event> events);
}
