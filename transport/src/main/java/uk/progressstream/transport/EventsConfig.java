package uk.progressstream.transport;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** What carries events, and where it is. */
@ConfigMapping(prefix = "ps.events")
public interface EventsConfig {
  /** {@code direct}, {@code pubsub} or {@code kafka}; the service does not start with another. */
  @WithDefault("direct")
  TransportKind transport();

  /**
   * Name of the topic. Dead letters go to {@code <topic>.refused}; audit reads as {@code
   * <topic>.audit}, a consumer group or a subscription.
   */
  @WithDefault("progress-stream.events")
  String topic();

  /** {@code host:port}, with commas, of some of the Kafka cluster's brokers; for {@code kafka}. */
  Optional<String> kafkaBrokers();

  /** Google Cloud project of the topic; for {@code pubsub}. */
  Optional<String> pubsubProject();
}
