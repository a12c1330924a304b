package uk.progressstream.system.benchmark;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import uk.progressstream.local.client.ApiClient;
import uk.progressstream.local.issuer.SampleAccount;
import uk.progressstream.system.running.Databases;
import uk.progressstream.system.running.OutboxWriter;
import uk.progressstream.system.running.RunningSystem;
import uk.progressstream.system.running.WholeSystem;

/**
 * What the outbox adds to the read of a class list. There is no switch that turns it off, so it is
 * measured where it happens: the transaction of the read with its record and without, in turn with
 * whole reads of the same list from the service. All by one caller, by the clock, durable commits
 * included.
 */
@ExtendWith(WholeSystem.class)
class OutboxCostBenchmark {
  private static final double ADDED_MAX = 0.10;
  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 60);
  private static final int WARM_UP_ROUNDS = 100;
  private static final int EACH = 30;
  private static final String LIST =
      "select ps_id, school_id, class_id, subject, qualification, period, kind, scale, grade,"
          + " points_tenths from grade where class_id = ?"
          + " order by class_id, ps_id, subject, qualification, period, kind limit 101";

  private final RunningSystem system;
  private final Report report =
      new Report("OutboxCost: the record of a read beside the read of a class list");

  OutboxCostBenchmark(RunningSystem system) {
    this.system = system;
  }

  @Test
  void added() throws Exception {
    ApiClient teacher = system.as(SampleAccount.GP_TEACHER);
    JsonObject first =
        new JsonObject(teacher.get("/grades/v1/grades?limit=1").require(200).body())
            .getJsonArray("items")
            .getJsonObject(0);
    UUID school = UUID.fromString(first.getString("school"));
    UUID list = UUID.fromString(first.getString("class"));
    double[] ratios = new double[ROUNDS];
    double[] reads = new double[ROUNDS];
    double[] added = new double[ROUNDS];
    try (ServiceTarget grades =
            ServiceTarget.direct(
                system.service("grades").getInteger("port"),
                system.run().authority(),
                Targets.certificate(system, "gateway"));
        Transactions transactions = new Transactions(system, teacher.token(), school, list)) {
      String token = teacher.token();
      for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
        boolean recordFirst = round % 2 == 0;
        double one = transactions.milliseconds(recordFirst);
        double other = transactions.milliseconds(!recordFirst);
        double more = recordFirst ? one - other : other - one;
        double read = read(grades, token, list);
        if (round >= 0) {
          reads[round] = read;
          added[round] = more;
          ratios[round] = more / (read - more);
        }
        // The token lasts five minutes; a later one has the same scope.
        if (round % 20 == 0) {
          token = system.as(SampleAccount.GP_TEACHER).token();
          transactions.with(token);
        }
      }
    }
    report.line("a read, ms: %s", new Figures(reads).spread("%.2f"));
    report.line("of that for its record, ms: %s", new Figures(added).spread("%.2f"));
    report.line("added to what it would be without: %s", new Figures(ratios).spread("%.3f"));
    report.atMost("added, median", new Figures(ratios).median(), ADDED_MAX, "");
    report.close();
  }

  private static double read(ServiceTarget grades, String token, UUID list) throws Exception {
    long begin = System.nanoTime();
    for (int i = 0; i < EACH; i++) {
      boolean there =
          grades
              .ask(
                  HttpMethod.GET,
                  "/grades/v1/grades?class=" + list,
                  Map.of("Authorization", "Bearer " + token),
                  Buffer.buffer())
              .toCompletionStage()
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS);
      if (!there) {
        throw new IllegalStateException("a read was refused");
      }
    }
    return (System.nanoTime() - begin) / 1e6 / EACH;
  }

  /** The read's transaction as the service makes it, with its record or without. */
  private static final class Transactions implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement scope;
    private final PreparedStatement query;
    private final PreparedStatement append;
    private final UUID school;
    private final UUID list;
    private String text = "";
    private String seal = "";

    Transactions(RunningSystem system, String token, UUID school, UUID list) throws SQLException {
      this.school = school;
      this.list = list;
      connection = new Databases(system).connect("grades");
      connection.createStatement().execute("set session authorization grades_class");
      connection.setAutoCommit(false);
      scope =
          connection.prepareStatement(
              "select set_config('ps.scope', ?, true), set_config('ps.seal', ?, true)");
      query = connection.prepareStatement(LIST);
      append = connection.prepareStatement("select outbox.append(?, ?, 'grades.read', ?)");
      with(token);
    }

    void with(String token) {
      JsonObject claims =
          new JsonObject(
              new String(
                  Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8));
      text = claims.getString("ps_scope");
      seal = claims.getJsonObject("ps_seals").getString("grades");
    }

    double milliseconds(boolean withRecord) throws SQLException {
      long begin = System.nanoTime();
      for (int i = 0; i < EACH; i++) {
        run(withRecord);
      }
      return (System.nanoTime() - begin) / 1e6 / EACH;
    }

    private void run(boolean withRecord) throws SQLException {
      scope.setString(1, text);
      scope.setString(2, seal);
      scope.executeQuery().close();
      query.setObject(1, list);
      JsonArray rows = new JsonArray();
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          rows.add(found.getString(1));
        }
      }
      if (rows.isEmpty()) {
        throw new IllegalStateException("the class list is empty");
      }
      if (withRecord) {
        append.setObject(1, UUID.randomUUID());
        append.setObject(2, school);
        append.setString(3, OutboxWriter.body(UUID.randomUUID(), list));
        append.executeQuery().close();
      }
      connection.commit();
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
