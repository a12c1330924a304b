package uk.progressstream.audit.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.grpc.GrpcService;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.progressstream.contracts.events.DeliverReply;
import uk.progressstream.contracts.events.DeliverRequest;
import uk.progressstream.contracts.events.Event;
import uk.progressstream.contracts.events.EventSink;
import uk.progressstream.contracts.events.Receipt;
import uk.progressstream.platform.problem.Problem;

/** Where every service's outbox delivers, this one's own among them. */
@GrpcService
public class EventSinkGrpc implements EventSink {
  private static final int EVENTS_MAX = 1_000;

  private final CurrentIdentityAssociation peers;
  private final IntakeService service;
  private final MeterRegistry meters;

  EventSinkGrpc(CurrentIdentityAssociation peers, IntakeService service, MeterRegistry meters) {
    this.peers = peers;
    this.service = service;
    this.meters = meters;
  }

  @Override
  @RolesAllowed({
    "peer:identity",
    "peer:ingest",
    "peer:pseudonym",
    "peer:grades",
    "peer:sensitive",
    "peer:audit",
    "peer:breach"
  })
  public Uni<DeliverReply> deliver(DeliverRequest request) {
    if (request.getEventsCount() == 0) {
      return Uni.createFrom().item(DeliverReply.getDefaultInstance());
    }
    String source = request.getEvents(0).getSource();
    return peers
        .getDeferredIdentity()
        .map(peer -> accepted(peer, source, request))
        .chain(events -> service.append(source, events))
        .map(positions -> reply(request, positions))
        .invoke(
            reply ->
                meters
                    .counter("audit.events.delivered", "source", source)
                    .increment(reply.getReceiptsCount()));
  }

  private List<IncomingEvent> accepted(
      SecurityIdentity peer, String source, DeliverRequest request) {
    if (request.getEventsCount() > EVENTS_MAX) {
      throw Problem.tooLarge("A delivery has at most 1,000 events.");
    }
    // A service speaks for itself alone: nobody can put words into another's mouth.
    if (!peer.hasRole("peer:" + source)
        || !request.getEventsList().stream().allMatch(e -> e.getSource().equals(source))) {
      throw Problem.forbidden();
    }
    return request.getEventsList().stream().map(event -> read(source, event)).toList();
  }

  private IncomingEvent read(String source, Event event) {
    try {
      return EventReader.read(event);
    } catch (RefusedEventException e) {
      String rule = String.valueOf(e.getMessage());
      meters.counter("audit.events.refused", "source", source, "rule", rule).increment();
      throw Problem.badRequest(
          "event-refused",
          "The log does not take this event",
          "An event holds opaque ids and counts under known keys, and nothing else: " + rule + ".");
    }
  }

  private static DeliverReply reply(DeliverRequest request, Map<UUID, Long> positions) {
    DeliverReply.Builder reply = DeliverReply.newBuilder();
    for (Event event : request.getEventsList()) {
      Long position = positions.get(UUID.fromString(event.getId()));
      if (position == null) {
        throw new IllegalStateException("an event without a leaf");
      }
      reply.addReceipts(Receipt.newBuilder().setEventId(event.getId()).setPosition(position));
    }
    return reply.build();
  }
}
