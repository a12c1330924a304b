package uk.progressstream.system.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import uk.progressstream.system.running.Databases;
import uk.progressstream.system.running.OutboxWriter;
import uk.progressstream.system.running.RunningSystem;
import uk.progressstream.system.running.WholeSystem;

/**
 * How fast the log takes events: all services deliver at once as their outboxes do, each batch
 * durable, in the tree and under a checkpoint before its answer. Beside it, in the same run, what
 * the same database does with bare rows.
 */
@ExtendWith(WholeSystem.class)
class AppendBenchmark {
  private static final double PER_SECOND_MIN = 6_000;
  private static final double RATIO_MIN = 0.3;
  private static final int BATCH = 500;
  private static final int CONNECTIONS = 32;
  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 5);
  private static final Duration WARM_UP = Duration.ofSeconds(40);
  private static final Duration TIME =
      Duration.ofSeconds(Integer.getInteger("benchmark.seconds", 10));

  private final RunningSystem system;
  private final Report report = new Report("Append: events into the log, seven services at once");

  AppendBenchmark(RunningSystem system) {
    this.system = system;
  }

  @Test
  void append() throws Exception {
    List<Deliveries> sources = new ArrayList<>();
    for (String source : Databases.NAMES) {
      sources.add(Deliveries.by(system, source));
    }
    double[] appended = new double[ROUNDS];
    double[] bare = new double[ROUNDS];
    double[] ratios = new double[ROUNDS];
    try (BareRows rows = new BareRows(system)) {
      deliver(sources, WARM_UP);
      rows.insert(Duration.ofSeconds(3));
      for (int round = 0; round < ROUNDS; round++) {
        Processors processors = Processors.watch(system);
        appended[round] = deliver(sources, TIME);
        report.line("round %d: %.0f a second; %s", round + 1, appended[round], processors.used());
        bare[round] = rows.insert(TIME);
        ratios[round] = appended[round] / bare[round];
      }
    } finally {
      sources.forEach(Deliveries::close);
    }
    Figures perSecond = new Figures(appended);
    report.line("appended a second: %s", perSecond.spread("%.0f"));
    report.line("bare durable rows a second: %s", new Figures(bare).spread("%.0f"));
    report.atLeast("appends a second, median", perSecond.median(), PER_SECOND_MIN, "");
    report.atLeast("ratio to bare rows, median", new Figures(ratios).median(), RATIO_MIN, "");
    report.close();
  }

  private static double deliver(List<Deliveries> sources, Duration time) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    List<Callable<Long>> tasks = new ArrayList<>();
    for (Deliveries source : sources) {
      tasks.add(
          () -> {
            long receipts = 0;
            while (System.nanoTime() < end) {
              receipts += source.deliver(BATCH);
            }
            return receipts;
          });
    }
    return perSecond(tasks);
  }

  private static double perSecond(List<Callable<Long>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    long begin = System.nanoTime();
    long count = 0;
    for (Future<Long> each : threads.invokeAll(tasks)) {
      count += each.get();
    }
    threads.shutdown();
    return count / ((System.nanoTime() - begin) / 1e9);
  }

  /** Single-row transactions of the same size, into a table with a primary key and no more. */
  private static final class BareRows implements AutoCloseable {
    private final List<Connection> connections = new ArrayList<>();
    private final String body = OutboxWriter.body(new UUID(1, 1), new UUID(2, 2));

    BareRows(RunningSystem system) throws SQLException {
      Databases databases = new Databases(system);
      for (int i = 0; i < CONNECTIONS; i++) {
        connections.add(databases.connect("postgres"));
      }
      try (Statement statement = connections.get(0).createStatement()) {
        statement.execute(
            "create table bare (id bigint generated always as identity primary key, body text)");
        try (ResultSet row = statement.executeQuery("show synchronous_commit")) {
          row.next();
          if (!row.getString(1).equals("on")) {
            throw new IllegalStateException("bare rows would not be durable");
          }
        }
      }
    }

    double insert(Duration time) throws Exception {
      long end = System.nanoTime() + time.toNanos();
      List<Callable<Long>> tasks = new ArrayList<>();
      for (Connection connection : connections) {
        tasks.add(() -> insertUntil(connection, end));
      }
      return perSecond(tasks);
    }

    private long insertUntil(Connection connection, long end) throws SQLException {
      long rows = 0;
      try (PreparedStatement insert =
          connection.prepareStatement("insert into bare (body) values (?)")) {
        insert.setString(1, body);
        while (System.nanoTime() < end) {
          rows += insert.executeUpdate();
        }
      }
      return rows;
    }

    @Override
    public void close() throws SQLException {
      try (Statement statement = connections.get(0).createStatement()) {
        statement.execute("drop table bare");
      }
      for (Connection connection : connections) {
        connection.close();
      }
    }
  }
}
