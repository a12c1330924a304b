package uk.progressstream.platform.outbox;

import io.grpc.StatusRuntimeException;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Carries committed events to the log, batch after batch, in the order of each school's sequence.
 * Its database role sees the outbox and nothing else. A lock in the database keeps a second
 * instance out; a crash between delivery and commit delivers twice, which the log answers with the
 * first position.
 */
@ApplicationScoped
public class OutboxRelay {
  private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
  private static final long IDLE_MS = 250;
  private static final long BACK_OFF_MS_MAX = 10_000;

  /**
   * Under load, so that a batch is worth its transactions; nobody who waits for the log waits so.
   */
  private static final long PAUSE_MS = 25;

  private static final long PURGE_EVERY_MS = 60_000;

  private final Vertx vertx;
  private final Pool pool;
  private final EventTransport transport;
  private final OutboxRows rows;
  private final AtomicBoolean running = new AtomicBoolean();
  private final AtomicBoolean wanted = new AtomicBoolean();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile boolean stopped;

  OutboxRelay(
      Vertx vertx,
      @ReactiveDataSource("relay") Pool pool,
      EventTransport transport,
      OutboxRows rows) {
    this.vertx = vertx;
    this.pool = pool;
    this.transport = transport;
    this.rows = rows;
  }

  void start(@Observes StartupEvent event) {
    schedule(IDLE_MS);
    vertx.setPeriodic(PURGE_EVERY_MS, timer -> purge());
  }

  void stop(@Observes ShutdownEvent event) {
    stopped = true;
  }

  /** Says that there is something to carry; returns at once. */
  public void wake() {
    wanted.set(true);
    if (failures.get() == 0) {
      round();
    }
  }

  private void schedule(long delayMs) {
    vertx.setTimer(
        delayMs,
        timer -> {
          round();
          if (!stopped) {
            schedule(nextDelayMs());
          }
        });
  }

  private long nextDelayMs() {
    return Math.min(BACK_OFF_MS_MAX, IDLE_MS << Math.min(6, failures.get()));
  }

  private void purge() {
    pool.withTransaction(rows::purge)
        .subscribe()
        .with(
            done -> {},
            failure -> LOG.warnf("delivered events were not dropped: %s", reason(failure)));
  }

  private void round() {
    if (stopped || !running.compareAndSet(false, true)) {
      return;
    }
    wanted.set(false);
    pool.withTransaction(this::carryOneBatch).subscribe().with(this::carried, this::failed);
  }

  private Uni<Integer> carryOneBatch(SqlConnection connection) {
    return rows.nextBatch(connection)
        .chain(
            batch ->
                batch.isEmpty()
                    ? Uni.createFrom().item(0)
                    : transport
                        .deliver(batch)
                        .chain(receipts -> rows.delivered(connection, receipts))
                        .replaceWith(batch.size()));
  }

  private void carried(int events) {
    failures.set(0);
    running.set(false);
    if (wanted.get() || events == OutboxRows.BATCH_MAX) {
      round();
    } else if (events > 0) {
      vertx.setTimer(PAUSE_MS, timer -> round());
    }
  }

  private void failed(Throwable failure) {
    int count = failures.incrementAndGet();
    running.set(false);
    LOG.warnf("events wait in the outbox, try %d failed: %s", count, reason(failure));
  }

  // The log's own answer is written by us; any other message could quote what was sent.
  private static String reason(Throwable failure) {
    return failure instanceof StatusRuntimeException answer
        ? answer.getStatus().toString()
        : failure.getClass().getName();
  }
}
