package uk.progressstream.transport;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import uk.progressstream.contracts.events.DeadLetter;

/**
 * Hands messages over until they are taken, so that nothing overtakes what failed; then keeps the
 * dead letters. For one thread, but for {@link #close}.
 */
public final class Consumption {
  /** How many messages are handed over at once. */
  public static final int BATCH_MAX = 200;

  private static final Logger LOG = Logger.getLogger(Consumption.class);
  private static final long FIRST_PAUSE_MS = 100;
  private static final long PAUSE_MS_MAX = 5_000;
  private static final long DEAD_LETTER_SECONDS_MAX = 10;

  private final SubscriptionHandler handler;
  private final BrokerPublisher deadLetters;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Messages to a handler, its dead letters to a topic. */
  public Consumption(SubscriptionHandler handler, BrokerPublisher deadLetters) {
    this.handler = handler;
    this.deadLetters = deadLetters;
  }

  /** Whether they were taken; if not, this was closed meanwhile. */
  public boolean take(List<ByteString> messages) throws InterruptedException {
    for (int tries = 1; closed.getCount() > 0; tries++) {
      try {
        keep(handler.handle(messages));
        return true;
      } catch (RuntimeException | ExecutionException | TimeoutException e) {
        // The name alone: a message could quote what was received.
        LOG.warnf(
            "%d messages wait to be taken, try %d failed: %s",
            (Object) messages.size(), (Object) tries, e.getClass().getName());
        pause(Math.min(PAUSE_MS_MAX, FIRST_PAUSE_MS << Math.min(tries - 1, 6)));
      }
    }
    return false;
  }

  /** Waits, or less where this is closed meanwhile. */
  public void pause(long milliseconds) throws InterruptedException {
    if (closed.await(milliseconds, TimeUnit.MILLISECONDS)) {
      LOG.debug("closed while waiting");
    }
  }

  /** Whether it was closed. */
  public boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** Stops trying. */
  public void close() {
    closed.countDown();
  }

  private void keep(List<DeadLetter> letters)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (!letters.isEmpty()) {
      deadLetters
          .publish(
              letters.stream()
                  .map(letter -> new Message(letter.getSource(), letter.toByteString()))
                  .toList())
          .toCompletableFuture()
          .get(DEAD_LETTER_SECONDS_MAX, TimeUnit.SECONDS);
    }
  }
}
