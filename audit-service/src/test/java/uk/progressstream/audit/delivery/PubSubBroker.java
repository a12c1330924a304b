package uk.progressstream.audit.delivery;

import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.SubscriptionName;
import com.google.pubsub.v1.TopicName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import uk.progressstream.contracts.events.EventSink;
import uk.progressstream.platform.outbox.EventTransport;
import uk.progressstream.provisioning.pki.CredentialFiles;
import uk.progressstream.transport.BrokerTransport;
import uk.progressstream.transport.Message;
import uk.progressstream.transport.pubsub.PubSubConnection;
import uk.progressstream.transport.pubsub.PubSubPublisher;
import uk.progressstream.transport.signature.EventSigner;

/**
 * Pub/Sub with topics and subscriptions as an operator would make them. It goes away by being
 * suspended: the emulator forgets everything when it ends, and after a connection that broke it
 * keeps sending ordered messages to the stream that is gone.
 */
final class PubSubBroker implements Broker {
  static final String PROJECT = "progress-stream";

  /** A topic that nobody reads. */
  static final String UNREAD = "progress-stream.unread";

  private static final String TOPIC = "progress-stream.events";
  private static final String REFUSED = TOPIC + ".refused";
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final PubSubEmulator emulator;
  private final int port;

  PubSubBroker(Path jar, int port) throws Exception {
    this.emulator = PubSubEmulator.start(jar, port);
    this.port = port;
    make();
  }

  @Override
  public EventTransport transportOf(CredentialFiles own, EventSink log) {
    return new BrokerTransport(
        new PubSubPublisher(connection(), TOPIC),
        EventSigner.of(own.certificate(), own.keyDer()),
        log,
        PATIENCE,
        PATIENCE);
  }

  @Override
  public void goesAway() throws Exception {
    emulator.signal("STOP");
  }

  @Override
  public void comesBack() throws Exception {
    emulator.signal("CONT");
  }

  @Override
  public void inject(String key, ByteString value) throws Exception {
    try (PubSubPublisher publisher = new PubSubPublisher(connection(), TOPIC)) {
      publisher
          .publish(List.of(new Message(key, value)))
          .toCompletableFuture()
          .get(10, TimeUnit.SECONDS);
    }
  }

  @Override
  public List<ByteString> deadLetters(int expected) throws Exception {
    List<ByteString> found = new ArrayList<>();
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    try (SubscriptionAdminClient client = subscriptions()) {
      while (found.size() < expected && System.nanoTime() < deadline) {
        for (ReceivedMessage each :
            client.pull(SubscriptionName.of(PROJECT, REFUSED), 100).getReceivedMessagesList()) {
          found.add(each.getMessage().getData());
        }
      }
    }
    return found;
  }

  @Override
  public void close() throws Exception {
    emulator.close();
  }

  private void make() throws Exception {
    PubSubConnection connection = connection();
    try (TopicAdminClient topics =
            TopicAdminClient.create(
                TopicAdminSettings.newBuilder()
                    .setTransportChannelProvider(connection.channels())
                    .setCredentialsProvider(connection.credentials())
                    .build());
        SubscriptionAdminClient subscriptions = subscriptions()) {
      topics.createTopic(TopicName.of(PROJECT, TOPIC));
      topics.createTopic(TopicName.of(PROJECT, REFUSED));
      topics.createTopic(TopicName.of(PROJECT, UNREAD));
      subscriptions.createSubscription(subscription(TOPIC + ".audit", TOPIC));
      subscriptions.createSubscription(subscription(REFUSED, REFUSED));
    }
  }

  private static Subscription subscription(String name, String topic) {
    return Subscription.newBuilder()
        .setName(SubscriptionName.format(PROJECT, name))
        .setTopic(TopicName.format(PROJECT, topic))
        .setEnableMessageOrdering(true)
        .setAckDeadlineSeconds(30)
        .build();
  }

  private SubscriptionAdminClient subscriptions() throws Exception {
    PubSubConnection connection = connection();
    return SubscriptionAdminClient.create(
        SubscriptionAdminSettings.newBuilder()
            .setTransportChannelProvider(connection.channels())
            .setCredentialsProvider(connection.credentials())
            .build());
  }

  private PubSubConnection connection() {
    return PubSubEmulator.connection(PROJECT, port);
  }
}
