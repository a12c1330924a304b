package uk.progressstream.transport;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.Optional;
import uk.progressstream.transport.kafka.KafkaPublisher;
import uk.progressstream.transport.kafka.KafkaSettings;
import uk.progressstream.transport.kafka.KafkaSubscription;
import uk.progressstream.transport.pubsub.PubSubConnection;
import uk.progressstream.transport.pubsub.PubSubPublisher;
import uk.progressstream.transport.pubsub.PubSubSubscription;

/**
 * Makes the two sides of the topic on the broker that was chosen. Nothing of a broker's client is
 * loaded before it is asked for.
 */
@ApplicationScoped
public class Brokers {
  private static final String REFUSED = ".refused";
  private static final String READER = ".audit";

  private final EventsConfig config;
  private final TlsConfig tls;
  private final Instance<PubSubConnection> pubSub;

  Brokers(EventsConfig config, TlsConfig tls, Instance<PubSubConnection> pubSub) {
    this.config = config;
    this.tls = tls;
    this.pubSub = pubSub;
  }

  /** Whether there is a broker at all. */
  public boolean areUsed() {
    return config.transport() != TransportKind.DIRECT;
  }

  /**
   * Complains where the chosen broker's address is missing, before anything is sent.
   *
   * @throws IllegalStateException naming the setting
   */
  void check() {
    if (config.transport() == TransportKind.KAFKA) {
      required(config.kafkaBrokers(), "ps.events.kafka-brokers");
    }
    if (config.transport() == TransportKind.PUBSUB) {
      required(config.pubsubProject(), "ps.events.pubsub-project");
    }
  }

  /** The sending side. */
  public BrokerPublisher publisher() {
    return publisher(config.topic());
  }

  /** Begins to read, as the one reader that the topic has. */
  public Subscription subscribe(SubscriptionHandler handler) {
    Consumption consumption = new Consumption(handler, publisher(config.topic() + REFUSED));
    String reader = config.topic() + READER;
    return switch (config.transport()) {
      case KAFKA -> new KafkaSubscription(kafka(), config.topic(), reader, consumption);
      case PUBSUB -> new PubSubSubscription(pubSub.get(), reader, consumption);
      case DIRECT -> throw new IllegalStateException("there is no broker");
    };
  }

  private BrokerPublisher publisher(String topic) {
    return switch (config.transport()) {
      case KAFKA -> new KafkaPublisher(kafka(), topic);
      case PUBSUB -> new PubSubPublisher(pubSub.get(), topic);
      case DIRECT -> throw new IllegalStateException("there is no broker");
    };
  }

  private KafkaSettings kafka() {
    return new KafkaSettings(
        required(config.kafkaBrokers(), "ps.events.kafka-brokers"),
        tls.certificate(),
        tls.key(),
        tls.ca());
  }

  private static String required(Optional<String> value, String name) {
    return value.orElseThrow(
        () -> new IllegalStateException("the chosen transport needs the setting " + name));
  }
}
