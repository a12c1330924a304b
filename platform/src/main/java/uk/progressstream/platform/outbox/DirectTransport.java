package uk.progressstream.platform.outbox;

import io.quarkus.arc.DefaultBean;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import uk.progressstream.contracts.events.DeliverReply;
import uk.progressstream.contracts.events.DeliverRequest;
import uk.progressstream.contracts.events.Event;
import uk.progressstream.contracts.events.EventSink;
import uk.progressstream.contracts.events.Receipt;

/** Straight to the log by gRPC under mutual TLS; needs no broker. */
@DefaultBean
@ApplicationScoped
public class DirectTransport implements EventTransport {
  private final EventSink log;

  DirectTransport(@GrpcClient("audit") EventSink log) {
    this.log = log;
  }

  @Override
  public Uni<List<Receipt>> deliver(List<Event> events) {
    return log.deliver(DeliverRequest.newBuilder().addAllEvents(events).build())
        .map(DeliverReply::getReceiptsList);
  }
}
