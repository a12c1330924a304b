package uk.progressstream.breach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.provisioning.ports.Ports;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.ServiceProcess;
import uk.progressstream.provisioning.testing.ServiceTestResource;
import uk.progressstream.provisioning.testing.TestKit;

/** Kills the packaged service, a process of its own, while its clock fires. */
class CrashIT {
  private static final Duration START_WITHIN = Duration.ofSeconds(60);
  private static final Duration FIRED_WITHIN = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(5);
  private static final int BREACHES = 150;
  private static final int RUNGS_EACH = 24;
  private static final int KILLS = 2;

  private static final String RUNGS = "select count(*) from rung";
  private static final String EVENTS =
      "select count(*) from outbox.event where kind in ('breach.rung', 'breach.step-missed')";
  private static final String DIFFERENT_EVENTS =
      "select count(distinct (body::jsonb ->> 'concerns', body::jsonb -> 'filter')) from outbox.event"
          + " where kind in ('breach.rung', 'breach.step-missed')";
  private static final String SWEEPS =
      "select count(*) from pg_stat_activity where usename = 'breach_school' and query like '%clock.sweep%'"
          + " and state <> 'idle'";
  private static final String LONG_SWEEPS =
      SWEEPS + " and clock_timestamp() - xact_start > interval '30 ms'";

  private final ServiceTestResource surroundings = new ServiceTestResource();
  private final Map<String, String> configuration = new HashMap<>();
  private final Path log = Path.of("target/crash-it.log");
  private Connection superuser;
  private BreachApi api;
  private int port;

  @BeforeEach
  void start() throws Exception {
    surroundings.init(Map.of("service", "breach"));
    configuration.putAll(surroundings.start());
    System.setProperty("ps.test.kit", configuration.get("ps.test.kit"));
    TestKit kit = TestKit.current();
    superuser = kit.superuser();
    port = Ports.free();
    api = new BreachApi(new URL("https://localhost:" + port), kit);
  }

  @AfterEach
  void stop() throws SQLException {
    superuser.close();
    System.clearProperty("ps.test.kit");
    surroundings.stop();
  }

  @Test
  @Proves("B1")
  @DisplayName(
      "kill -9 in the middle of a sweep, again and again: no rung is lost, none fires twice, no deadline moves")
  void survives() throws Exception {
    String breach = "";
    JsonObject before = new JsonObject();
    for (int round = 0; round < KILLS; round++) {
      try (ServiceProcess service = ServiceProcess.start(configuration, port, log)) {
        awaitAnswer(service);
        if (round == 0) {
          breach = api.open(Duration.ofMinutes(5));
          before = api.step(breach, "scope");
        }
        killInTheMiddleOfASweep(service);
      }
    }
    try (ServiceProcess last = ServiceProcess.start(configuration, port, log)) {
      awaitAnswer(last);
      long all = (long) KILLS * BREACHES * RUNGS_EACH;
      await().atMost(FIRED_WITHIN).until(() -> number(RUNGS) == all);

      assertThat(number(EVENTS)).isEqualTo(all);
      assertThat(number(DIFFERENT_EVENTS)).isEqualTo(all);
      assertThat(number("select max(sequence) - count(*) from outbox.event")).isZero();
      JsonObject after = api.step(breach, "scope");
      assertThat(after.getString("dueAt")).isEqualTo(before.getString("dueAt"));
      assertThat(after.getLong("remainingSeconds")).isLessThan(before.getLong("remainingSeconds"));
    }
  }

  /** The process dies before it can commit, so what its sweep had fired is gone with it. */
  private void killInTheMiddleOfASweep(ServiceProcess service) throws Exception {
    long fired = number(RUNGS);
    openManyLongAgo();
    await().atMost(FIRED_WITHIN).pollInterval(POLL).until(() -> number(LONG_SWEEPS) > 0);
    service.kill();
    await().atMost(FIRED_WITHIN).until(() -> number(SWEEPS) == 0);
    assertThat(number(RUNGS)).as("rungs that outlived the kill").isEqualTo(fired);
  }

  /** So many rungs are due at once that a kill falls into the sweep. */
  private void openManyLongAgo() throws SQLException {
    superuser
        .createStatement()
        .execute(
            "insert into breach (id, aware_at, summary, window_from, window_to, opened_by, idempotency_key,"
                + " request_hash) select gen_random_uuid(), now() - interval '15 days', 'a sample',"
                + " now() - interval '17 days', now(), gen_random_uuid(), gen_random_uuid()::text,"
                + " repeat('0', 64) from generate_series(1, "
                + BREACHES
                + ")");
  }

  private void awaitAnswer(ServiceProcess process) {
    await()
        .atMost(START_WITHIN)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              assertThat(process.isAlive()).as("see " + log).isTrue();
              return answers();
            });
  }

  private boolean answers() {
    try {
      return api.get(BreachApi.BREACHES + "?limit=1").statusCode() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  private long number(String sql) throws SQLException {
    try (ResultSet rows = superuser.createStatement().executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
