package uk.progressstream.audit.intake;

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
import uk.progressstream.contracts.events.ReceiptsReply;
import uk.progressstream.contracts.events.ReceiptsRequest;
import uk.progressstream.platform.problem.Problem;

/** Where every service's outbox delivers or asks for its receipts, this one's own among them. */
@GrpcService
public class EventSinkGrpc implements EventSink {
  private static final int EVENTS_MAX = 1_000;

  private final CurrentIdentityAssociation peers;
  private final IntakeService service;
  private final EventAdmission admission;

  EventSinkGrpc(CurrentIdentityAssociation peers, IntakeService service, EventAdmission admission) {
    this.peers = peers;
    this.service = service;
    this.admission = admission;
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
        .map(receipts -> reply(request, receipts))
        .invoke(reply -> admission.countDelivered(source, reply.getReceiptsCount()));
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
  public Uni<ReceiptsReply> receipts(ReceiptsRequest request) {
    if (request.getEventsCount() > EVENTS_MAX) {
      throw Problem.tooLarge("At most 1,000 events can be asked for.");
    }
    return peers
        .getDeferredIdentity()
        .map(EventSinkGrpc::sourceOf)
        .chain(source -> service.receipts(source, request.getEventsList()));
  }

  /** A service hears of its own events alone. */
  private static String sourceOf(SecurityIdentity peer) {
    List<String> names =
        Sources.NAMES.stream().filter(name -> peer.hasRole(Sources.PEER + name)).toList();
    if (names.size() != 1) {
      throw Problem.forbidden();
    }
    return names.get(0);
  }

  private List<IncomingEvent> accepted(
      SecurityIdentity peer, String source, DeliverRequest request) {
    if (request.getEventsCount() > EVENTS_MAX) {
      throw Problem.tooLarge("A delivery has at most 1,000 events.");
    }
    // A service speaks for itself alone: nobody can put words into another's mouth.
    if (!peer.hasRole(Sources.PEER + source)
        || !request.getEventsList().stream().allMatch(e -> e.getSource().equals(source))) {
      throw Problem.forbidden();
    }
    return request.getEventsList().stream().map(event -> admit(source, event)).toList();
  }

  private IncomingEvent admit(String source, Event event) {
    try {
      return admission.admit(source, event);
    } catch (RefusedEventException e) {
      throw Problem.badRequest(
          "event-refused",
          "The log does not take this event",
          "An event has an id, a school, a number, a kind and a time: " + e.rule() + ".");
    }
  }

  private static DeliverReply reply(DeliverRequest request, Map<UUID, Receipt> receipts) {
    DeliverReply.Builder reply = DeliverReply.newBuilder();
    for (Event event : request.getEventsList()) {
      Receipt receipt = receipts.get(UUID.fromString(event.getId()));
      if (receipt == null) {
        throw new IllegalStateException("an event without a leaf");
      }
      // As it was asked for: the id may have been written in capitals.
      reply.addReceipts(receipt.toBuilder().setEventId(event.getId()));
    }
    return reply.build();
  }
}
