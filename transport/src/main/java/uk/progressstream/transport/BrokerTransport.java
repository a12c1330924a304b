package uk.progressstream.transport;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import uk.progressstream.contracts.events.Event;
import uk.progressstream.contracts.events.EventSink;
import uk.progressstream.contracts.events.ReceiptsReply;
import uk.progressstream.platform.outbox.EventTransport;
import uk.progressstream.transport.signature.EventSigner;

/**
 * Over a broker: signs each event, sends it, waits for the broker's acknowledgement, and then asks
 * the log itself for its receipts. The broker's word counts for nothing.
 */
public final class BrokerTransport implements EventTransport, AutoCloseable {
  private static final Duration PUBLISH_MAX = Duration.ofSeconds(5);
  private static final Duration RECEIPTS_MAX = Duration.ofSeconds(4);

  private final BrokerPublisher publisher;
  private final EventSigner signer;
  private final Duration publishMax;
  private final ReceiptCollector receipts;

  /** Sends by this publisher, asks this log for four seconds. */
  public BrokerTransport(BrokerPublisher publisher, EventSigner signer, EventSink log) {
    this(publisher, signer, log, PUBLISH_MAX, RECEIPTS_MAX);
  }

  /** The same with another patience. */
  public BrokerTransport(
      BrokerPublisher publisher,
      EventSigner signer,
      EventSink log,
      Duration publishMax,
      Duration receiptsMax) {
    this.publisher = publisher;
    this.signer = signer;
    this.publishMax = publishMax;
    this.receipts = new ReceiptCollector(log, receiptsMax);
  }

  @Override
  public Uni<ReceiptsReply> deliver(List<Event> events) {
    Executor caller = executorOf(Vertx.currentContext());
    Executor workers = Infrastructure.getDefaultWorkerPool();
    return Uni.createFrom()
        .completionStage(() -> publisher.publish(messages(events)))
        .runSubscriptionOn(workers)
        .ifNoItem()
        .after(publishMax)
        .fail()
        .emitOn(caller)
        .chain(() -> receipts.collect(events))
        .emitOn(caller);
  }

  @Override
  public void close() {
    publisher.close();
  }

  private List<Message> messages(List<Event> events) {
    return events.stream()
        .map(event -> new Message(event.getSchool(), signer.sign(event).toByteString()))
        .toList();
  }

  /** Back to where the caller's database connection lives. */
  private static Executor executorOf(Context context) {
    return context == null
        ? Infrastructure.getDefaultWorkerPool()
        : command -> context.runOnContext(nothing -> command.run());
  }
}
