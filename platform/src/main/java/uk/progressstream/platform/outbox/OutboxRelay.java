package uk.progressstream.platform.outbox;

import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import uk.progressstream.contracts.events.Event;
import uk.progressstream.contracts.events.Missing;
import uk.progressstream.contracts.events.Receipt;
import uk.progressstream.contracts.events.ReceiptsReply;
import uk.progressstream.platform.startup.Loops;

/**
 * Carries committed events to the log, batch after batch, in the order of each school's sequence.
 * Its database role sees the outbox and nothing else. A lock in the database keeps a second
 * instance out; a crash between delivery and commit delivers twice, which the log answers with the
 * first position.
 */
@ApplicationScoped
public class OutboxRelay {
  private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
  private static final String UNKNOWN = "downloads.unknown";
  private static final String RENUMBERED = "outbox.events.renumbered";
  private static final String REFUSED = "outbox.events.refused";
  private static final String GAPS = "outbox.gaps";

  private static final long IDLE_MS = 250;
  private static final long BACK_OFF_MS_MAX = 10_000;

  /**
   * Under load, so that a batch is worth its transactions; nobody who waits for the log waits so.
   */
  private static final long PAUSE_MS = 25;

  private static final Duration PURGE_EVERY = Duration.ofSeconds(60);
  private static final Duration SWEEP_EVERY = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Pool pool;
  private final EventTransport transport;
  private final OutboxRows rows;
  private final MeterRegistry meters;
  private final Loops loops;
  private final Duration roundMax;
  private final Duration silentMax;
  private final Loops.Watched alive;
  private final AtomicBoolean running = new AtomicBoolean();
  private final AtomicBoolean wanted = new AtomicBoolean();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile boolean stopped;

  /**
   * The relay of this service.
   *
   * @param roundMax a round is one transaction; if it takes longer than this, its connection is
   *     dead
   */
  OutboxRelay(
      Vertx vertx,
      @ReactiveDataSource("relay") Pool pool,
      EventTransport transport,
      OutboxRows rows,
      MeterRegistry meters,
      Loops loops,
      @ConfigProperty(name = "ps.database.silent-after") Duration roundMax) {
    this.vertx = vertx;
    this.loops = loops;
    this.roundMax = roundMax;
    this.silentMax = roundMax.multipliedBy(2);
    this.alive = loops.watch("outbox-relay", silentMax);
    this.pool = pool;
    this.transport = transport;
    this.rows = rows;
    this.meters = meters;
    // From the start, so that an alarm on an increase sees the first.
    List.of(UNKNOWN, RENUMBERED, REFUSED, GAPS).forEach(meters::counter);
  }

  void start(@Observes StartupEvent event) {
    schedule(IDLE_MS);
    loops.every(
        "outbox-purge",
        PURGE_EVERY,
        silentMax.multipliedBy(5),
        () -> pool.withTransaction(rows::purge));
    loops.every("download-sweep", SWEEP_EVERY, silentMax, () -> pool.withTransaction(this::sweep));
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
            schedule(delayMs(failures.get()));
          }
        });
  }

  /** Milliseconds until the next try, after so many in vain. */
  static long delayMs(int failures) {
    return Math.min(BACK_OFF_MS_MAX, IDLE_MS << Math.min(6, failures));
  }

  /**
   * Ends the downloads of which nobody is left to tell how they ended; those of other instances,
   * too.
   */
  private Uni<Integer> sweep(SqlConnection connection) {
    return rows.sweepDownloads(connection)
        .invoke(
            swept -> {
              if (swept > 0) {
                meters.counter(UNKNOWN).increment(swept);
                LOG.warnf("%d downloads ended without anybody left to say how", swept);
              }
            });
  }

  private void round() {
    if (stopped || !running.compareAndSet(false, true)) {
      return;
    }
    wanted.set(false);
    Loops.within(roundMax, pool.withTransaction(this::carryOneBatch))
        .onItemOrFailure()
        .invoke((done, failure) -> beatUnlessHung(failure))
        .subscribe()
        .with(this::carried, this::failed);
  }

  /** A round that fails is no silence: the log may be away. One that hangs is. */
  private void beatUnlessHung(@Nullable Throwable failure) {
    if (!(failure instanceof TimeoutException)) {
      alive.beat();
    }
  }

  private Uni<Carried> carryOneBatch(SqlConnection connection) {
    return rows.nextBatch(connection)
        .chain(
            batch ->
                batch.isEmpty()
                    ? Uni.createFrom().item(Carried.NOTHING)
                    : carry(connection, batch));
  }

  private Uni<Carried> carry(SqlConnection connection, List<Event> batch) {
    return transport
        .deliver(batch)
        .call(reply -> rows.delivered(connection, reply.getReceiptsList()))
        .call(reply -> rows.reopen(connection, reply.getMissingList()).invoke(n -> tell(reply, n)))
        .call(reply -> renumber(connection, batch, reply))
        .map(reply -> new Carried(batch.size(), reply.getReceiptsCount()));
  }

  private Uni<Void> renumber(SqlConnection connection, List<Event> batch, ReceiptsReply reply) {
    Set<String> received =
        reply.getReceiptsList().stream().map(Receipt::getEventId).collect(Collectors.toSet());
    return Multi.createFrom()
        .iterable(reply.getMissingList())
        .onItem()
        .transformToUniAndConcatenate(
            next ->
                rows.renumber(connection, batch, received, next)
                    .invoke(moved -> tellRenumbered(next, moved)))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private void tellRenumbered(Missing next, int moved) {
    if (moved > 0) {
      meters.counter(RENUMBERED).increment(moved);
      LOG.errorf(
          "this database was set back: %d events of school %s have new numbers, from %d on",
          (Object) moved, next.getSchool(), next.getFrom());
    }
  }

  private void carried(Carried batch) {
    if (batch.received() < batch.sent()) {
      waitsLonger(batch);
      return;
    }
    failures.set(0);
    running.set(false);
    if (wanted.get() || batch.sent() == OutboxRows.BATCH_MAX) {
      round();
    } else if (batch.sent() > 0) {
      vertx.setTimer(PAUSE_MS, timer -> round());
    }
  }

  /** The rest is carried again, later and later as long as the log gives no receipt at all. */
  private void waitsLonger(Carried batch) {
    int count = batch.received() > 0 ? 1 : failures.get() + 1;
    failures.set(count);
    running.set(false);
    LOG.infof(
        "the log has %d of %d events so far; try %d",
        batch.received(), batch.sent(), (Object) count);
  }

  private void tell(ReceiptsReply reply, int reopened) {
    long refused = reply.getReceiptsList().stream().filter(Receipt::getRefused).count();
    if (refused > 0) {
      meters.counter(REFUSED).increment(refused);
      LOG.warnf("the log could not take %d events; its own log names the rules", refused);
    }
    for (Missing each : reply.getMissingList()) {
      meters.counter(GAPS).increment();
      LOG.warnf(
          "the log expects another event of school %s, number %d: %d are sent again",
          each.getSchool(), (Object) each.getFrom(), (Object) reopened);
    }
  }

  private void failed(Throwable failure) {
    int count = failures.incrementAndGet();
    running.set(false);
    LOG.warnf("events wait in the outbox, try %d failed: %s", count, reason(failure));
  }

  private record Carried(int sent, int received) {
    static final Carried NOTHING = new Carried(0, 0);
  }

  // The log's own answer is written by us; any other message could quote what was sent.
  private static String reason(Throwable failure) {
    return failure instanceof StatusRuntimeException answer
        ? answer.getStatus().toString()
        : failure.getClass().getName();
  }
}
