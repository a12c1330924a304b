package uk.progressstream.transport.pubsub;

import com.google.api.core.ApiService;
import com.google.api.gax.batching.FlowControlSettings;
import com.google.api.gax.core.InstantiatingExecutorProvider;
import com.google.cloud.pubsub.v1.AckReplyConsumer;
import com.google.cloud.pubsub.v1.MessageReceiver;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.ProjectSubscriptionName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import uk.progressstream.transport.Consumption;
import uk.progressstream.transport.Subscription;

/**
 * Reads a Pub/Sub subscription by streaming pull; acknowledges only what was taken. The
 * subscription has message ordering on, so messages of one key come here in their order, one after
 * the other.
 */
public final class PubSubSubscription implements Subscription {
  private static final Logger LOG = Logger.getLogger(PubSubSubscription.class);
  private static final long MESSAGES_MAX = 1_000;
  private static final long BYTES_MAX = 32L << 20;
  private static final long LOOK_MS = 500;
  private static final long PAUSE_MS = 1_000;
  private static final long STOP_MS_MAX = 4_000;

  private final PubSubConnection connection;
  private final String name;
  private final Consumption consumption;
  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final Thread reader;

  private record Received(ByteString data, AckReplyConsumer reply) {}

  /** Begins to read. */
  public PubSubSubscription(PubSubConnection connection, String name, Consumption consumption) {
    this.connection = connection;
    this.name = name;
    this.consumption = consumption;
    this.reader = new Thread(this::run, "pubsub-events");
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
    Subscriber subscriber = subscriber();
    subscriber.startAsync();
    try {
      while (!consumption.isClosed() && subscriber.state() != ApiService.State.FAILED) {
        takeSome();
      }
      if (!consumption.isClosed()) {
        LOG.warnf(
            "reading the subscription failed, begins anew: %s",
            subscriber.failureCause().getClass().getName());
        consumption.pause(PAUSE_MS);
      }
    } finally {
      subscriber.stopAsync();
    }
  }

  private void takeSome() throws InterruptedException {
    Received first = received.poll(LOOK_MS, TimeUnit.MILLISECONDS);
    if (first == null) {
      return;
    }
    List<Received> batch = new ArrayList<>(List.of(first));
    received.drainTo(batch, Consumption.BATCH_MAX - 1);
    boolean taken = consumption.take(batch.stream().map(Received::data).toList());
    batch.forEach(each -> answer(each, taken));
  }

  private static void answer(Received each, boolean taken) {
    if (taken) {
      each.reply().ack();
    } else {
      each.reply().nack();
    }
  }

  private Subscriber subscriber() {
    MessageReceiver receiver =
        (message, reply) -> received.add(new Received(message.getData(), reply));
    return Subscriber.newBuilder(ProjectSubscriptionName.of(connection.project(), name), receiver)
        .setChannelProvider(connection.channels())
        .setCredentialsProvider(connection.credentials())
        .setParallelPullCount(1)
        .setExecutorProvider(
            InstantiatingExecutorProvider.newBuilder().setExecutorThreadCount(2).build())
        .setFlowControlSettings(
            FlowControlSettings.newBuilder()
                .setMaxOutstandingElementCount(MESSAGES_MAX)
                .setMaxOutstandingRequestBytes(BYTES_MAX)
                .build())
        .build();
  }
}
