package uk.progressstream.audit;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import uk.progressstream.contracts.events.DeliverRequest;
import uk.progressstream.contracts.events.Event;
import uk.progressstream.contracts.events.EventSinkGrpc;
import uk.progressstream.contracts.events.Receipt;
import uk.progressstream.contracts.events.ReceiptsReply;
import uk.progressstream.platform.outbox.EventTransport;
import uk.progressstream.provisioning.testing.PeerChannel;
import uk.progressstream.provisioning.testing.TestKit;

/**
 * What another service's outbox would deliver: events of one school in the order of their sequence.
 */
public final class EventFeed {
  private final URL service;
  private final TestKit kit;
  private final String source;
  private final UUID school;
  private long sequence;

  /** A feed of one service for one school, from 1. */
  public EventFeed(URL service, TestKit kit, String source, UUID school) {
    this.service = service;
    this.kit = kit;
    this.source = source;
    this.school = school;
  }

  /** The next event of a download. */
  public Event next() {
    return next("grades.export", body());
  }

  /** The next event of any kind and body. */
  public Event next(String kind, JsonObject body) {
    sequence++;
    return event(kind, sequence, body);
  }

  /** An event with any number. */
  public Event event(String kind, long number, JsonObject body) {
    return Event.newBuilder()
        .setId(UUID.randomUUID().toString())
        .setSchool(school.toString())
        .setSequence(number)
        .setSource(source)
        .setKind(kind)
        .setOccurredAt("2026-11-24T09:00:00.123456Z")
        .setBody(body.encode())
        .build();
  }

  /** So many next events. */
  public List<Event> next(int count) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(next());
    }
    return events;
  }

  /** A body as a download has it. */
  public static JsonObject body() {
    return body(UUID.randomUUID());
  }

  /** The same, by this account. */
  public static JsonObject body(UUID actor) {
    return new JsonObject()
        .put("actor", actor.toString())
        .put("role", "teacher")
        .put("resource", "grades")
        .put("filter", new JsonObject().put("subject", "Mathematics"))
        .put("columns", new JsonArray().add("psId").add("grade"))
        .put("classes", new JsonArray().add(UUID.randomUUID().toString()))
        .put("rows", 25)
        .put("pupils", 5)
        .put("purpose", "teaching")
        .put("outcome", "allowed")
        .put("policyVersion", "1");
  }

  /** Delivers as the service itself; gives the leaf indexes. */
  public List<Long> deliver(Event... events) {
    return deliver(Arrays.asList(events));
  }

  /** Delivers as the service itself; gives the leaf indexes. */
  public List<Long> deliver(List<Event> events) {
    return deliverAs(source, events);
  }

  /** Delivers under the certificate of any peer. */
  public List<Long> deliverAs(String peer, List<Event> events) {
    try (PeerChannel channel = PeerChannel.open(service, kit, peer)) {
      return deliverBy(channel, events);
    }
  }

  /** Delivers over a connection that is there. */
  public static List<Long> deliverBy(PeerChannel channel, List<Event> events) {
    DeliverRequest request = DeliverRequest.newBuilder().addAllEvents(events).build();
    return EventSinkGrpc.newBlockingStub(channel.bare()).deliver(request).getReceiptsList().stream()
        .map(Receipt::getPosition)
        .toList();
  }

  /** Delivers as the service itself; gives the whole receipts. */
  public List<Receipt> receiptsFor(Event... events) {
    try (PeerChannel channel = PeerChannel.open(service, kit, source)) {
      return EventSinkGrpc.newBlockingStub(channel.bare())
          .deliver(DeliverRequest.newBuilder().addAllEvents(Arrays.asList(events)).build())
          .getReceiptsList();
    }
  }

  /** What the log tells any peer of these events. */
  public ReceiptsReply ask(String peer, Event... events) {
    try (PeerChannel channel = PeerChannel.open(service, kit, peer)) {
      return EventSinkGrpc.newBlockingStub(channel.bare())
          .receipts(EventTransport.receiptsOf(Arrays.asList(events)));
    }
  }
}
