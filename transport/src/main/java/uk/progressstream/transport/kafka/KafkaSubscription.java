package uk.progressstream.transport.kafka;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import uk.progressstream.transport.Consumption;
import uk.progressstream.transport.Subscription;

/** Reads a Kafka topic in a consumer group; commits only what was taken. */
public final class KafkaSubscription implements Subscription {
  private static final Logger LOG = Logger.getLogger(KafkaSubscription.class);
  private static final Duration POLL_MAX = Duration.ofMillis(500);
  private static final long PAUSE_MS = 1_000;
  private static final long STOP_MS_MAX = 4_000;

  private final KafkaSettings settings;
  private final String topic;
  private final String group;
  private final Consumption consumption;
  private final Thread reader;

  /** Begins to read. */
  public KafkaSubscription(
      KafkaSettings settings, String topic, String group, Consumption consumption) {
    this.settings = settings;
    this.topic = topic;
    this.group = group;
    this.consumption = consumption;
    this.reader = new Thread(this::run, "kafka-events");
    reader.setDaemon(true);
    reader.start();
  }

  @Override
  public void close() {
    consumption.close();
    try {
      reader.join(STOP_MS_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!consumption.isClosed()) {
        readUntilItFails();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void readUntilItFails() throws InterruptedException {
    try (Consumer<String, byte[]> consumer = consumer()) {
      consumer.subscribe(List.of(topic));
      while (!consumption.isClosed()) {
        readOnce(consumer);
      }
    } catch (InterruptException e) {
      throw new InterruptedException();
    } catch (KafkaException e) {
      LOG.warnf("reading the topic failed, begins anew: %s", e.getClass().getName());
      consumption.pause(PAUSE_MS);
    }
  }

  private void readOnce(Consumer<String, byte[]> consumer) throws InterruptedException {
    ConsumerRecords<String, byte[]> records = consumer.poll(POLL_MAX);
    if (records.isEmpty() || !consumption.take(values(records))) {
      return;
    }
    try {
      consumer.commitSync();
    } catch (CommitFailedException e) {
      // Another reader has the partition by now; it takes the same again, which does no harm.
      LOG.warn("what was taken could not be committed, it comes again");
    }
  }

  private static List<ByteString> values(ConsumerRecords<String, byte[]> records) {
    return StreamSupport.stream(records.spliterator(), false)
        .map(each -> each.value() == null ? ByteString.EMPTY : ByteString.copyFrom(each.value()))
        .toList();
  }

  private Consumer<String, byte[]> consumer() {
    var all = settings.forConsumer(group);
    all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Consumption.BATCH_MAX);
    return new KafkaConsumer<>(all, new StringDeserializer(), new ByteArrayDeserializer());
  }
}
