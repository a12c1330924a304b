package uk.progressstream.transport;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import uk.progressstream.contracts.events.Event;
import uk.progressstream.contracts.events.EventSink;
import uk.progressstream.contracts.events.Missing;
import uk.progressstream.contracts.events.Receipt;
import uk.progressstream.contracts.events.ReceiptsReply;
import uk.progressstream.platform.outbox.EventTransport;

/** Asks the log for the receipts of events that went to a broker, with growing pauses. */
final class ReceiptCollector {
  private static final long FIRST_PAUSE_MS = 10;
  private static final long PAUSE_MS_MAX = 400;

  private final EventSink log;
  private final Duration patience;

  /**
   * Receipts of this log.
   *
   * @param patience after so long it gives what there is
   */
  ReceiptCollector(EventSink log, Duration patience) {
    this.log = log;
    this.patience = patience;
  }

  /**
   * Receipts of these events as far as they come in time; fails only if the log says nothing at
   * all.
   */
  Uni<ReceiptsReply> collect(List<Event> events) {
    return Uni.createFrom()
        .deferred(() -> ask(new Search(events, System.nanoTime() + patience.toNanos())));
  }

  private Uni<ReceiptsReply> ask(Search search) {
    return log.receipts(EventTransport.receiptsOf(search.open()))
        .invoke(search::add)
        .onFailure(failure -> search.hasSome())
        .recoverWithNull()
        .chain(reply -> search.isOver(reply) ? answer(search, reply) : later(search));
  }

  private Uni<ReceiptsReply> later(Search search) {
    return Uni.createFrom()
        .voidItem()
        .onItem()
        .delayIt()
        .by(search.nextPause())
        .chain(() -> ask(search));
  }

  private static Uni<ReceiptsReply> answer(Search search, ReceiptsReply last) {
    List<Missing> missing = last == null ? List.of() : last.getMissingList();
    return Uni.createFrom().item(search.reply(missing));
  }

  /** What is known so far. */
  private static final class Search {
    private final List<Event> events;
    private final long deadline;
    private final Map<String, Receipt> found = new ConcurrentHashMap<>();
    private long pauseMs = FIRST_PAUSE_MS;

    Search(List<Event> events, long deadline) {
      this.events = events;
      this.deadline = deadline;
    }

    List<Event> open() {
      return events.stream().filter(event -> !found.containsKey(event.getId())).toList();
    }

    void add(ReceiptsReply reply) {
      reply.getReceiptsList().forEach(receipt -> found.put(receipt.getEventId(), receipt));
    }

    boolean hasSome() {
      return !found.isEmpty();
    }

    boolean isOver(ReceiptsReply last) {
      return last == null
          || last.getMissingCount() > 0
          || found.size() == events.size()
          || System.nanoTime() - deadline + pauseMs * 1_000_000 > 0;
    }

    Duration nextPause() {
      Duration pause = Duration.ofMillis(pauseMs);
      pauseMs = Math.min(PAUSE_MS_MAX, pauseMs * 2);
      return pause;
    }

    ReceiptsReply reply(List<Missing> missing) {
      ReceiptsReply.Builder reply = ReceiptsReply.newBuilder().addAllMissing(missing);
      for (Event event : events) {
        Receipt receipt = found.get(event.getId());
        if (receipt != null) {
          reply.addReceipts(receipt);
        }
      }
      return reply.build();
    }
  }
}
