package uk.progressstream.platform.outbox;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.arc.DefaultBean;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import uk.progressstream.contracts.events.DeliverReply;
import uk.progressstream.contracts.events.DeliverRequest;
import uk.progressstream.contracts.events.Event;
import uk.progressstream.contracts.events.EventSink;
import uk.progressstream.contracts.events.ReceiptsReply;

/** Straight to the log by gRPC under mutual TLS; needs no broker. */
@DefaultBean
@ApplicationScoped
public class DirectTransport implements EventTransport {
  private final EventSink log;

  /** Delivers to this log. */
  public DirectTransport(@GrpcClient("audit") EventSink log) {
    this.log = log;
  }

  @Override
  public Uni<ReceiptsReply> deliver(List<Event> events) {
    return log.deliver(DeliverRequest.newBuilder().addAllEvents(events).build())
        .map(DirectTransport::receipts)
        .onFailure(DirectTransport::isConflict)
        .recoverWithUni(conflict -> missing(events, conflict));
  }

  /** The log took nothing; if that is since it lacks earlier events, it says which. */
  private Uni<ReceiptsReply> missing(List<Event> events, Throwable conflict) {
    return log.receipts(EventTransport.receiptsOf(events))
        .onItem()
        .transformToUni(
            reply ->
                reply.getMissingCount() == 0
                    ? Uni.createFrom().failure(conflict)
                    : Uni.createFrom().item(reply));
  }

  private static ReceiptsReply receipts(DeliverReply reply) {
    return ReceiptsReply.newBuilder().addAllReceipts(reply.getReceiptsList()).build();
  }

  private static boolean isConflict(Throwable failure) {
    return failure instanceof StatusRuntimeException answer
        && answer.getStatus().getCode() == Status.Code.ABORTED;
  }
}
