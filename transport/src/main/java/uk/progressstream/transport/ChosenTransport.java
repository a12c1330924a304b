package uk.progressstream.transport;

import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import uk.progressstream.contracts.events.Event;
import uk.progressstream.contracts.events.EventSink;
import uk.progressstream.contracts.events.ReceiptsReply;
import uk.progressstream.platform.outbox.DirectTransport;
import uk.progressstream.platform.outbox.EventTransport;
import uk.progressstream.transport.signature.EventSigner;

/** The transport that the settings choose; the others are not even loaded. */
@ApplicationScoped
public class ChosenTransport implements EventTransport {
  private final EventTransport chosen;

  ChosenTransport(
      Brokers brokers, TlsConfig tls, DirectTransport direct, @GrpcClient("audit") EventSink log) {
    brokers.check();
    this.chosen =
        brokers.areUsed()
            ? new BrokerTransport(
                brokers.publisher(), EventSigner.of(tls.certificate(), tls.keyDer()), log)
            : direct;
  }

  @Override
  public Uni<ReceiptsReply> deliver(List<Event> events) {
    return chosen.deliver(events);
  }

  @PreDestroy
  void close() {
    if (chosen instanceof BrokerTransport broker) {
      broker.close();
    }
  }
}
