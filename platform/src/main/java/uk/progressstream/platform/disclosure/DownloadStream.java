package uk.progressstream.platform.disclosure;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.Subscriptions;
import io.smallrye.mutiny.operators.multi.AbstractMultiOperator;
import io.smallrye.mutiny.operators.multi.MultiOperatorProcessor;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import uk.progressstream.platform.outbox.Outcome;
import uk.progressstream.platform.problem.Problem;

/**
 * The chunks of a download on their way to its reader. It sees every way in which they can end, the
 * reader's going away among them, and it ends them itself at the moment when access is over: also
 * while it waits for a reader who does not read.
 */
final class DownloadStream extends AbstractMultiOperator<String, String> {
  private static final long LOOK_EVERY_MS = 1000;
  private static final int UNAUTHENTICATED = 401;

  /** By how much the clock of the database, which ends a scope too, may differ from ours. */
  private static final Duration CLOCKS_APART = Duration.ofSeconds(1);

  /** How long a reader waits for the record of an end that came as it should. */
  private static final Duration TOLD_FIRST = Duration.ofSeconds(1);

  private final RecordedDownload download;
  private final Vertx vertx;
  private final Supplier<Uni<Void>> access;
  private final Function<Outcome, Uni<Void>> end;

  /**
   * A stream that has not begun.
   *
   * @param access fails where the reader may not go on
   * @param end tells the log; never fails
   */
  DownloadStream(
      Multi<String> chunks,
      RecordedDownload download,
      Vertx vertx,
      Supplier<Uni<Void>> access,
      Function<Outcome, Uni<Void>> end) {
    super(chunks);
    this.download = download;
    this.vertx = vertx;
    this.access = access;
    this.end = end;
  }

  @Override
  public void subscribe(MultiSubscriber<? super String> reader) {
    download.starts();
    upstream.subscribe().withSubscriber(new Carrier(reader));
  }

  private Outcome outcome(Throwable failure) {
    if (!(failure instanceof Problem problem) || problem.status() != UNAUTHENTICATED) {
      return Outcome.FAILED;
    }
    return download.left().compareTo(CLOCKS_APART) > 0 ? Outcome.REVOKED : Outcome.EXPIRED;
  }

  private final class Carrier extends MultiOperatorProcessor<String, String> {
    private final AtomicBoolean looking = new AtomicBoolean();

    /**
     * Mutiny subscribes a reader who leaves on one thread while the stream begins on another, and
     * does not cancel. Nothing is asked for then; whoever is there asks at once.
     */
    private volatile boolean wanted;

    private long expiry;
    private long looks;

    Carrier(MultiSubscriber<? super String> reader) {
      super(reader);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      long leftMs = Math.max(1, download.left().toMillis());
      expiry = vertx.setTimer(leftMs, timer -> stop(Problem.unauthenticated(), Outcome.EXPIRED));
      looks = vertx.setPeriodic(LOOK_EVERY_MS, timer -> look());
      super.onSubscribe(subscription);
    }

    @Override
    public void request(long chunks) {
      wanted = true;
      super.request(chunks);
    }

    @Override
    public void onItem(String chunk) {
      download.sent(chunk);
      super.onItem(chunk);
    }

    @Override
    public void onCompletion() {
      if (over()) {
        Uni<Void> told = end.apply(Outcome.COMPLETED).memoize().indefinitely();
        told.subscribe().with(any -> {});
        told.ifNoItem()
            .after(TOLD_FIRST)
            .recoverWithUni(Uni.createFrom().voidItem())
            .subscribe()
            .with(any -> downstream.onCompletion());
      }
    }

    @Override
    public void onFailure(Throwable failure) {
      if (over()) {
        tell(failure, outcome(failure));
      }
    }

    @Override
    public void cancel() {
      Flow.Subscription chunks = getUpstreamSubscription();
      if (over()) {
        chunks.cancel();
        end.apply(Outcome.CUT).subscribe().with(told -> {});
      }
    }

    /** Access is asked about once at a time, however long an answer takes. */
    private void look() {
      if (!wanted) {
        cancel();
      } else if (looking.compareAndSet(false, true)) {
        access
            .get()
            .onTermination()
            .invoke(() -> looking.set(false))
            .subscribe()
            .with(holds -> {}, failure -> stop(failure, outcome(failure)));
      }
    }

    private void stop(Throwable reason, Outcome outcome) {
      Flow.Subscription chunks = getUpstreamSubscription();
      if (over()) {
        chunks.cancel();
        tell(reason, outcome);
      }
    }

    private void tell(Throwable failure, Outcome outcome) {
      downstream.onFailure(failure);
      end.apply(outcome).subscribe().with(told -> {});
    }

    /** Whether it ends here; nothing that comes later ends it again. */
    private boolean over() {
      boolean first =
          getAndSetUpstreamSubscription(Subscriptions.CANCELLED) != Subscriptions.CANCELLED;
      if (first) {
        vertx.cancelTimer(expiry);
        vertx.cancelTimer(looks);
      }
      return first;
    }
  }
}
