package uk.progressstream.system.benchmark;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import uk.progressstream.system.running.Databases;
import uk.progressstream.system.running.OutboxWriter;
import uk.progressstream.system.running.RunningSystem;
import uk.progressstream.system.running.WholeSystem;

/**
 * From the commit of what was done, in the database of grades, to its leaf under a checkpoint: by
 * the running relay and log, at a fixed rate.
 */
@ExtendWith(WholeSystem.class)
class LeafDelayBenchmark {
  private static final double SECONDS_MAX = 1;
  private static final int PER_SECOND = 1_000;
  private static final int WRITERS = 8;
  private static final int SCHOOLS = 50;
  private static final long LOOK_EVERY_MS = 5;
  private static final Duration WARM_UP = Duration.ofSeconds(40);
  private static final Duration TIME =
      Duration.ofSeconds(Integer.getInteger("benchmark.seconds", 30));

  private final RunningSystem system;
  private final Databases databases;
  private final Report report =
      new Report("LeafDelay: from commit in grades to the leaf, at 1,000 a second");
  private final Map<UUID, Long> committed = new ConcurrentHashMap<>();
  private final TreeMap<Long, Long> seenAt = new TreeMap<>();

  LeafDelayBenchmark(RunningSystem system) {
    this.system = system;
    this.databases = new Databases(system);
  }

  @Test
  void delay() throws Exception {
    AtomicBoolean running = new AtomicBoolean(true);
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);
    Future<?> watch = threads.submit(() -> watch(running));
    write(threads, WARM_UP);
    committed.clear();
    Processors processors = Processors.watch(system);
    write(threads, TIME);
    double rate = perSecond();
    report.line("%.0f commits a second; %s", rate, processors.used());
    awaitAll();
    running.set(false);
    watch.get(10, TimeUnit.SECONDS);
    threads.shutdown();
    Figures delays = new Figures(delays());
    report.line(
        "p50 %.0f ms, p90 %.0f ms, p99 %.0f ms, longest %.0f ms, %d events",
        delays.median() * 1e3,
        delays.quantile(0.9) * 1e3,
        delays.quantile(0.99) * 1e3,
        delays.quantile(1) * 1e3,
        delays.count());
    report.atLeast("commits a second", rate, PER_SECOND * 0.99, "");
    report.atMost("p99 from commit to leaf", delays.quantile(0.99), SECONDS_MAX, " s");
    report.close();
  }

  /** Notes when the log, as others see it, had how many leaves. */
  private Void watch(AtomicBoolean running) throws SQLException {
    try (Connection audit = databases.connect("audit");
        PreparedStatement size = audit.prepareStatement("select max(size) from checkpoint")) {
      while (running.get()) {
        try (ResultSet row = size.executeQuery()) {
          row.next();
          seenAt.putIfAbsent(row.getLong(1), System.nanoTime());
        }
        LockSupport.parkNanos(Duration.ofMillis(LOOK_EVERY_MS).toNanos());
      }
    }
    return null;
  }

  private void write(ExecutorService threads, Duration time) throws Exception {
    List<Callable<Integer>> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      int nth = i;
      writers.add(() -> write(nth, time));
    }
    for (Future<Integer> each : threads.invokeAll(writers)) {
      each.get();
    }
  }

  /** From the first commit to the last. */
  private double perSecond() {
    LongSummaryStatistics at =
        committed.values().stream().mapToLong(Long::longValue).summaryStatistics();
    return at.getCount() / ((at.getMax() - at.getMin()) / 1e9);
  }

  private int write(int nth, Duration time) throws SQLException, IOException {
    UUID[] schools = new UUID[SCHOOLS];
    for (int i = 0; i < SCHOOLS; i++) {
      schools[i] = new UUID(0xbe9c5L, i + 1);
    }
    int count = 0;
    try (OutboxWriter grades = OutboxWriter.open(system, "grades")) {
      long begin = System.nanoTime() + nth * 1_000_000_000L / PER_SECOND;
      long each = WRITERS * 1_000_000_000L / PER_SECOND;
      for (long at = begin; at < begin + time.toNanos(); at += each) {
        LockSupport.parkNanos(at - System.nanoTime());
        UUID id = UUID.randomUUID();
        grades.write(id, schools[(nth + WRITERS * count) % SCHOOLS]);
        committed.put(id, System.nanoTime());
        count++;
      }
    }
    return count;
  }

  private double[] delays() throws SQLException {
    Map<UUID, Long> leaves = new HashMap<>();
    try (Connection audit = databases.connect("audit");
        Statement statement = audit.createStatement();
        ResultSet rows = statement.executeQuery("select id, leaf_index from inbox")) {
      while (rows.next()) {
        leaves.put(rows.getObject(1, UUID.class), rows.getLong(2));
      }
    }
    return committed.entrySet().stream()
        .mapToDouble(
            event -> {
              Long leaf = leaves.get(event.getKey());
              if (leaf == null) {
                throw new IllegalStateException("an event has no leaf");
              }
              return Math.max(0, seenAt.higherEntry(leaf).getValue() - event.getValue()) / 1e9;
            })
        .toArray();
  }

  private void awaitAll() throws SQLException {
    long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    String waiting = "select count(*) from outbox.event where position is null";
    while (!databases.column("grades", waiting).equals(List.of("0"))) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("events are still in the outbox");
      }
      RunningSystem.pause();
    }
    RunningSystem.pause();
  }
}
