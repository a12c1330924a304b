package uk.progressstream.system.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.platform.scope.ScopeKind;
import uk.progressstream.platform.scope.ScopeSealer;
import uk.progressstream.platform.scope.ScopeText;

/**
 * The first hour of a breach over ten million records: a school's own question, and the company's,
 * which is one errand a school after another. Whole transactions, by the clock.
 */
class BlastRadiusBenchmark {
  private static final double SECONDS_MAX = 2;
  private static final int QUESTIONS = 40;
  private static final int COMPANY_ROUNDS = 5;

  /** Both cut days in two, so that counts and records are read. */
  private static final String[] MONTH = {"2026-04-03T10:17:00Z", "2026-05-03T15:42:00Z"};

  private static final String[] YEAR = {"2025-11-24T07:03:00Z", "2026-11-22T19:58:00Z"};

  private final Random random = new Random(1);
  private final Report report = new Report("BlastRadius: who touched what, in ten million records");

  @Test
  void blastRadius() throws Exception {
    try (RecordsAtScale audit = RecordsAtScale.start();
        Connection connection = audit.asSchool()) {
      ScopeSealer sealer =
          ScopeSealer.of(audit.database().sealKey().id(), audit.database().sealKey().secret());
      report.line(
          "%d schools x %d records over a year", RecordsAtScale.SCHOOLS, RecordsAtScale.RECORDS);
      Question own = new Question(connection, sealer, "touches", "audit:read");
      Question errand = new Question(connection, sealer, "errand_touches", "audit:blast-radius");
      assertThat(own.ask(7, YEAR)).as("records counted").isEqualTo(inYear());
      assertThat(errand.ask(7, YEAR)).isEqualTo(inYear());
      school("a school's own question, a month", own, MONTH);
      school("a school's own question, the year", own, YEAR);
      company("the company, 500 errands, a month", errand, MONTH);
      company("the company, 500 errands, the year", errand, YEAR);
    }
    report.close();
  }

  /** How many of a school's records lie in the year's window, by the formula that made them. */
  private static long inYear() {
    Instant begin = Instant.parse("2025-11-24T00:00:00Z");
    double step = 365.0 * 86_400 * 1_000_000 / RecordsAtScale.RECORDS;
    long from = ChronoUnit.MICROS.between(begin, Instant.parse(YEAR[0]));
    long to = ChronoUnit.MICROS.between(begin, Instant.parse(YEAR[1]));
    long count = 0;
    for (int n = 1; n <= RecordsAtScale.RECORDS; n++) {
      long at = Math.round(n * step);
      count += at >= from && at < to ? 1 : 0;
    }
    return count;
  }

  private void school(String what, Question question, String[] window) throws SQLException {
    double[] seconds = new double[QUESTIONS];
    for (int i = 0; i < QUESTIONS; i++) {
      long begin = System.nanoTime();
      question.ask(1 + random.nextInt(RecordsAtScale.SCHOOLS), window);
      seconds[i] = (System.nanoTime() - begin) / 1e9;
    }
    verdict(what, new Figures(seconds));
  }

  private void company(String what, Question question, String[] window) throws SQLException {
    double[] seconds = new double[COMPANY_ROUNDS];
    for (int round = 0; round < COMPANY_ROUNDS; round++) {
      long begin = System.nanoTime();
      for (int school = 1; school <= RecordsAtScale.SCHOOLS; school++) {
        question.ask(school, window);
      }
      seconds[round] = (System.nanoTime() - begin) / 1e9;
    }
    verdict(what, new Figures(seconds));
  }

  private void verdict(String what, Figures figures) {
    report.line("%s: %s s", what, figures.spread("%.3f"));
    report.atMost(what + ", median", figures.median(), SECONDS_MAX, " s");
  }

  /** One transaction: begin, scope and seal, question, commit. */
  private static final class Question {
    private final Connection connection;
    private final ScopeSealer sealer;
    private final String permission;
    private final PreparedStatement scope;
    private final PreparedStatement query;

    Question(Connection connection, ScopeSealer sealer, String function, String permission)
        throws SQLException {
      this.connection = connection;
      this.sealer = sealer;
      this.permission = permission;
      this.scope =
          connection.prepareStatement(
              "select set_config('ps.scope', ?, true), set_config('ps.seal', ?, true)");
      this.query = connection.prepareStatement("select * from log." + function + "(?, ?, null, ?)");
    }

    /** Gives how many records were counted. */
    long ask(int school, String[] window) throws SQLException {
      UUID id = RecordsAtScale.school(school);
      String text =
          ScopeText.write(
              new Scope(
                  UUID.randomUUID(),
                  UUID.randomUUID(),
                  Instant.now().plus(5, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS),
                  Optional.empty(),
                  "breach-scope",
                  Set.of(permission),
                  ScopeKind.SCHOOL,
                  Set.of(id),
                  Set.of()));
      scope.setString(1, text);
      scope.setString(2, sealer.seal(text));
      scope.executeQuery().close();
      query.setObject(1, OffsetDateTime.parse(window[0]));
      query.setObject(2, OffsetDateTime.parse(window[1]));
      query.setObject(3, id);
      long records = 0;
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          records += rows.getLong("records");
        }
      }
      connection.commit();
      return records;
    }
  }
}
