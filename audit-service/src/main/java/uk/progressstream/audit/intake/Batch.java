package uk.progressstream.audit.intake;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.progressstream.log.commitment.Commitment;

/**
 * Events of one source that are appended together.
 *
 * @param source name of the service that they come from
 * @param events none twice
 * @param commitments to their bodies, in the same order
 */
record Batch(String source, List<IncomingEvent> events, List<Commitment> commitments) {

  /** A batch; an event that occurs twice counts once. */
  static Batch of(String source, List<IncomingEvent> events) {
    Map<UUID, IncomingEvent> distinct = new LinkedHashMap<>();
    events.forEach(event -> distinct.putIfAbsent(event.id(), event));
    List<IncomingEvent> batch = List.copyOf(distinct.values());
    return new Batch(
        source, batch, batch.stream().map(event -> Commitment.to(event.body())).toList());
  }
}
