package uk.progressstream.transport.pubsub;

import com.google.api.core.ApiFuture;
import com.google.api.core.ApiFutureCallback;
import com.google.api.core.ApiFutures;
import com.google.api.gax.batching.BatchingSettings;
import com.google.api.gax.batching.FlowControlSettings;
import com.google.api.gax.batching.FlowController.LimitExceededBehavior;
import com.google.api.gax.core.InstantiatingExecutorProvider;
import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.TopicName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import uk.progressstream.transport.BrokerPublisher;
import uk.progressstream.transport.Message;

/**
 * Sends to a Pub/Sub topic with ordering keys. The client tries what is out again and again, for as
 * long as it takes, so that nothing is overtaken; how much may be out is limited, or it would grow
 * while the broker is away. After a failure a key stays closed until it is resumed.
 */
public final class PubSubPublisher implements BrokerPublisher {
  private static final long OUT_MAX = 1_500;
  private static final long OUT_BYTES_MAX = 32L << 20;
  private static final long BATCH_BYTES_MAX = 1L << 20;
  private static final Duration TRY_MAX = Duration.ofSeconds(2);
  private static final Duration PAUSE_MAX = Duration.ofMillis(500);
  private static final long CLOSE_MS_MAX = 2_000;

  private final PubSubConnection connection;
  private final String topic;
  private @Nullable Publisher publisher;
  private boolean closed;

  /** A publisher; connects with the first message. */
  public PubSubPublisher(PubSubConnection connection, String topic) {
    this.connection = connection;
    this.topic = topic;
  }

  @Override
  public CompletionStage<Void> publish(List<Message> messages) {
    try {
      Publisher current = publisher();
      List<CompletableFuture<Void>> sent =
          messages.stream().map(message -> send(current, message)).toList();
      return allOrFirstFailure(sent)
          .whenComplete((done, failure) -> resumeAfter(failure, current, messages));
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    Publisher current = publisher;
    publisher = null;
    if (current == null) {
      return;
    }
    // It waits for what is out, for ever where the broker is away; the relay sends that again.
    Thread closing = new Thread(current::shutdown, "pubsub-close");
    closing.setDaemon(true);
    closing.start();
    try {
      closing.join(CLOSE_MS_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Fails with the first that does: others may be out for as long as the broker is away. */
  private static CompletableFuture<Void> allOrFirstFailure(List<CompletableFuture<Void>> sent) {
    CompletableFuture<Void> all = CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new));
    sent.forEach(each -> each.exceptionally(failure -> fail(all, failure)));
    return all;
  }

  @SuppressWarnings("NullAway") // A future of nothing carries null.
  private static @Nullable Void fail(CompletableFuture<Void> all, Throwable failure) {
    all.completeExceptionally(failure);
    return null;
  }

  private static CompletableFuture<Void> send(Publisher current, Message message) {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    ApiFuture<String> id =
        current.publish(
            PubsubMessage.newBuilder()
                .setOrderingKey(message.key())
                .setData(message.value())
                .build());
    ApiFutures.addCallback(
        id,
        new ApiFutureCallback<>() {
          @Override
          public void onSuccess(String messageId) {
            sent.complete(null);
          }

          @Override
          public void onFailure(Throwable failure) {
            sent.completeExceptionally(failure);
          }
        },
        MoreExecutors.directExecutor());
    return sent;
  }

  /** Else whatever is sent under these keys fails for good; one that is open is left as it is. */
  private static void resumeAfter(
      @Nullable Throwable failure, Publisher current, List<Message> messages) {
    if (failure != null) {
      messages.stream().map(Message::key).distinct().forEach(current::resumePublish);
    }
  }

  private synchronized Publisher publisher() {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    if (publisher == null) {
      try {
        publisher = connect();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return publisher;
  }

  private Publisher connect() throws IOException {
    return Publisher.newBuilder(TopicName.of(connection.project(), topic))
        .setChannelProvider(connection.channels())
        .setCredentialsProvider(connection.credentials())
        .setEnableMessageOrdering(true)
        .setExecutorProvider(
            InstantiatingExecutorProvider.newBuilder().setExecutorThreadCount(2).build())
        .setRetrySettings(
            RetrySettings.newBuilder()
                .setInitialRetryDelayDuration(Duration.ofMillis(50))
                .setRetryDelayMultiplier(2)
                .setMaxRetryDelayDuration(PAUSE_MAX)
                .setInitialRpcTimeoutDuration(TRY_MAX)
                .setRpcTimeoutMultiplier(1)
                .setMaxRpcTimeoutDuration(TRY_MAX)
                .setTotalTimeoutDuration(Duration.ofSeconds(10))
                .build())
        .setBatchingSettings(
            BatchingSettings.newBuilder()
                .setDelayThresholdDuration(Duration.ofMillis(1))
                .setElementCountThreshold(100L)
                .setRequestByteThreshold(BATCH_BYTES_MAX)
                .setFlowControlSettings(
                    FlowControlSettings.newBuilder()
                        .setMaxOutstandingElementCount(OUT_MAX)
                        .setMaxOutstandingRequestBytes(OUT_BYTES_MAX)
                        .setLimitExceededBehavior(LimitExceededBehavior.ThrowException)
                        .build())
                .build())
        .build();
  }
}
