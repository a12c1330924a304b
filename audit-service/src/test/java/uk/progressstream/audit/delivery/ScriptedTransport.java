package uk.progressstream.audit.delivery;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import uk.progressstream.contracts.events.Event;
import uk.progressstream.contracts.events.Receipt;
import uk.progressstream.contracts.events.ReceiptsReply;
import uk.progressstream.platform.outbox.EventTransport;

/** A transport whose answers a test writes: what no real one can be made to do at will. */
@Alternative
@ApplicationScoped
public class ScriptedTransport implements EventTransport {
  private final List<Delivery> deliveries = new ArrayList<>();
  private Function<List<Event>, ReceiptsReply> answer = ScriptedTransport::all;

  /** What was carried, and when. */
  record Delivery(List<Event> events, long atMs) {}

  @Override
  public synchronized Uni<ReceiptsReply> deliver(List<Event> events) {
    deliveries.add(new Delivery(events, System.nanoTime() / 1_000_000));
    return Uni.createFrom().item(answer.apply(events));
  }

  synchronized void answers(Function<List<Event>, ReceiptsReply> next) {
    answer = next;
    deliveries.clear();
  }

  synchronized List<Delivery> deliveries() {
    return List.copyOf(deliveries);
  }

  static ReceiptsReply all(List<Event> events) {
    ReceiptsReply.Builder reply = ReceiptsReply.newBuilder();
    events.forEach(event -> reply.addReceipts(receipt(event, false)));
    return reply.build();
  }

  static Receipt receipt(Event event, boolean refused) {
    return Receipt.newBuilder()
        .setEventId(event.getId())
        .setPosition(event.getSequence())
        .setRefused(refused)
        .build();
  }
}
