package uk.progressstream.audit.delivery;

import com.google.protobuf.ByteString;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import uk.progressstream.contracts.events.Event;
import uk.progressstream.contracts.events.EventSink;
import uk.progressstream.contracts.events.EventSinkClient;
import uk.progressstream.contracts.events.ReceiptsReply;
import uk.progressstream.platform.outbox.DirectTransport;
import uk.progressstream.platform.outbox.EventTransport;
import uk.progressstream.provisioning.pki.CredentialFiles;
import uk.progressstream.provisioning.testing.TestKit;

/** Between a service and the log stands nothing but a line, over which they speak mutual TLS. */
final class Wire implements Broker {
  private static final Duration DEADLINE = Duration.ofSeconds(3);

  private final Line line;
  private final List<ManagedChannel> channels = new ArrayList<>();

  Wire(int entrance, int log) throws IOException {
    line = new Line(entrance, log);
  }

  @Override
  public EventTransport transportOf(CredentialFiles own, EventSink log) {
    try {
      ManagedChannel channel =
          Grpc.newChannelBuilderForAddress(
                  "localhost",
                  line.port(),
                  TlsChannelCredentials.newBuilder()
                      .trustManager(TestKit.current().authorityFile().toFile())
                      .keyManager(own.certificate().toFile(), own.key().toFile())
                      .build())
              .build();
      channels.add(channel);
      DirectTransport direct =
          new DirectTransport(new EventSinkClient("audit", channel, (name, stub) -> stub));
      return events -> timed(direct, events);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A service's own client has a deadline, too. */
  private static Uni<ReceiptsReply> timed(EventTransport direct, List<Event> events) {
    return direct.deliver(events).ifNoItem().after(DEADLINE).fail();
  }

  @Override
  public void goesAway() {
    line.cut();
  }

  @Override
  public void comesBack() {
    line.mend();
  }

  @Override
  public void inject(String key, ByteString value) {
    throw new UnsupportedOperationException("there is no topic");
  }

  @Override
  public List<ByteString> deadLetters(int expected) {
    return List.of();
  }

  @Override
  public void close() throws IOException {
    channels.forEach(ManagedChannel::shutdownNow);
    line.close();
  }
}
