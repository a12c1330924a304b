package uk.progressstream.system.benchmark;

import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import uk.progressstream.contracts.events.DeliverRequest;
import uk.progressstream.contracts.events.Event;
import uk.progressstream.contracts.events.EventSinkGrpc;
import uk.progressstream.provisioning.pki.CredentialFiles;
import uk.progressstream.system.running.OutboxWriter;
import uk.progressstream.system.running.RunningSystem;

/** What one service's outbox delivers: reads of class lists at many schools, batch after batch. */
final class Deliveries implements AutoCloseable {
  private static final int SCHOOLS = 50;
  private static final int CLASSES = 5;
  private static final int ACTORS = 20;

  private final Random random = new Random(1);
  private final String source;
  private final ManagedChannel channel;
  private final UUID[] schools = uuids(SCHOOLS);
  private final UUID[] classes = uuids(CLASSES);
  private final UUID[] actors = uuids(ACTORS);
  private final long[] sequences = new long[SCHOOLS];
  private long count;

  private Deliveries(String source, ManagedChannel channel) {
    this.source = source;
    this.channel = channel;
  }

  /** Connects to the log as this service. */
  static Deliveries by(RunningSystem system, String source) throws IOException {
    CredentialFiles files = Targets.certificate(system, source);
    return new Deliveries(
        source,
        Grpc.newChannelBuilderForAddress(
                "localhost",
                system.service("audit").getInteger("port"),
                TlsChannelCredentials.newBuilder()
                    .trustManager(system.run().authority().toFile())
                    .keyManager(files.certificate().toFile(), files.key().toFile())
                    .build())
            .build());
  }

  /**
   * Delivers a batch and waits for its receipts.
   *
   * @return how many there were
   */
  int deliver(int events) {
    DeliverRequest.Builder batch = DeliverRequest.newBuilder();
    IntStream.range(0, events).forEach(i -> batch.addEvents(event()));
    return EventSinkGrpc.newBlockingStub(channel).deliver(batch.build()).getReceiptsCount();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private Event event() {
    int school = (int) (count++ % SCHOOLS);
    return Event.newBuilder()
        .setId(UUID.randomUUID().toString())
        .setSchool(schools[school].toString())
        .setSequence(++sequences[school])
        .setSource(source)
        .setKind("grades.read")
        .setOccurredAt(Instant.now().toString())
        .setBody(
            OutboxWriter.body(actors[random.nextInt(ACTORS)], classes[random.nextInt(CLASSES)]))
        .build();
  }

  private UUID[] uuids(int number) {
    return IntStream.range(0, number).mapToObj(i -> UUID.randomUUID()).toArray(UUID[]::new);
  }
}
