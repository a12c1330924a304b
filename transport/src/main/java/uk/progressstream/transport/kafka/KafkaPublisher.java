package uk.progressstream.transport.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import uk.progressstream.transport.BrokerPublisher;
import uk.progressstream.transport.Message;

/**
 * Sends to a Kafka topic, key by key in order: the producer is idempotent, and one that has failed
 * is thrown away with all that it still held, so that nothing old comes in between what is sent
 * again.
 */
public final class KafkaPublisher implements BrokerPublisher {
  private final KafkaSettings settings;
  private final String topic;
  private @Nullable Producer<String, byte[]> producer;
  private boolean closed;

  /** A publisher; connects with the first message. */
  public KafkaPublisher(KafkaSettings settings, String topic) {
    this.settings = settings;
    this.topic = topic;
  }

  @Override
  public CompletionStage<Void> publish(List<Message> messages) {
    Producer<String, byte[]> current;
    try {
      current = producer();
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
    try {
      return CompletableFuture.allOf(sendAll(current, messages))
          .whenComplete((done, failure) -> giveUpAfter(failure, current));
    } catch (RuntimeException e) {
      giveUpAfter(e, current);
      return CompletableFuture.failedStage(e);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (producer != null) {
      producer.close(Duration.ofSeconds(2));
      producer = null;
    }
  }

  private synchronized Producer<String, byte[]> producer() {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    if (producer == null) {
      producer =
          new KafkaProducer<>(
              settings.forProducer(), new StringSerializer(), new ByteArraySerializer());
    }
    return producer;
  }

  /** Until the first that fails at once: each of them would wait as long for an absent broker. */
  private CompletableFuture<?>[] sendAll(Producer<String, byte[]> current, List<Message> messages) {
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    for (Message message : messages) {
      CompletableFuture<Void> one = send(current, message);
      sent.add(one);
      if (one.isCompletedExceptionally()) {
        break;
      }
    }
    return sent.toArray(CompletableFuture[]::new);
  }

  private CompletableFuture<Void> send(Producer<String, byte[]> current, Message message) {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    current.send(
        new ProducerRecord<>(topic, message.key(), message.value().toByteArray()),
        (metadata, failure) -> {
          if (failure == null) {
            sent.complete(null);
          } else {
            sent.completeExceptionally(failure);
          }
        });
    return sent;
  }

  /** May run on the producer's own thread, which close must not wait for. */
  private synchronized void giveUpAfter(
      @Nullable Throwable failure, Producer<String, byte[]> current) {
    if (failure != null && producer == current) {
      producer = null;
      current.close(Duration.ZERO);
    }
  }
}
