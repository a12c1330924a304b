package uk.progressstream.breach.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.breach.SampleBreaches;
import uk.progressstream.provisioning.testing.ServiceTestResource;
import uk.progressstream.provisioning.testing.TestKit;

@QuarkusTest
@WithTestResource(
    value = ServiceTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "breach"))
class ClockSweepTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration SEVERAL_SWEEPS = Duration.ofSeconds(3);

  private final UUID account = UUID.randomUUID();
  private TestKit kit;
  private Connection superuser;
  private SampleBreaches samples;

  @BeforeEach
  void connect() throws SQLException {
    kit = TestKit.current();
    superuser = kit.superuser();
    samples = new SampleBreaches(superuser);
  }

  @AfterEach
  void disconnect() throws SQLException {
    superuser.close();
  }

  @Test
  @DisplayName("the intervals of the sweep are those of the service")
  void sameIntervals() throws SQLException {
    List<String> inDatabase = new ArrayList<>();
    try (ResultSet rows =
        superuser
            .createStatement()
            .executeQuery(
                "select step || ' ' || extract(epoch from due_after)::bigint from clock.steps()")) {
      while (rows.next()) {
        inDatabase.add(rows.getString(1));
      }
    }

    assertThat(inDatabase)
        .containsExactlyElementsOf(
            Arrays.stream(Step.values())
                .map(step -> step.code() + " " + step.dueAfter().toSeconds())
                .toList());
  }

  @Test
  @DisplayName("what is due fires by itself, in order, with one event each, and not again")
  void firesOnce() throws SQLException {
    UUID breach = samples.insert(account, "3 hours 5 minutes");

    await().atMost(SOON).until(() -> samples.fired(breach).size() >= 8);
    List<String> fired = samples.fired(breach);
    await().during(SEVERAL_SWEEPS).atMost(SOON).until(() -> samples.fired(breach).equals(fired));

    assertThat(fired)
        .containsExactly(
            "scope 50",
            "scope 75",
            "scope 90",
            "scope 100",
            "notify-ico 50",
            "notify-schools 50",
            "notify-ico 75",
            "notify-schools 75");
    assertThat(samples.events(breach))
        .hasSize(8)
        .startsWith(
            "breach.rung scope 50",
            "breach.rung scope 75",
            "breach.rung scope 90",
            "breach.step-missed scope 100")
        .containsExactlyInAnyOrderElementsOf(
            fired.stream()
                .map(
                    rung -> (rung.endsWith(" 100") ? "breach.step-missed " : "breach.rung ") + rung)
                .toList());
  }

  @Test
  @DisplayName("a rung fires while the service runs, when its time comes")
  void firesWhenItsTimeComes() throws SQLException {
    UUID breach = samples.insert(account, "29 minutes 58 seconds");
    assertThat(samples.fired(breach)).isEmpty();

    await().atMost(SOON).until(() -> samples.fired(breach).equals(List.of("scope 50")));
  }

  @Test
  @DisplayName("a step that was met in time fires no later rung and is never called missed")
  void metInTime() throws SQLException {
    UUID breach = samples.insert(account, "29 minutes 57 seconds");
    UUID notMet = samples.insert(account, "29 minutes 57 seconds");
    complete(breach);

    await().atMost(SOON).until(() -> samples.fired(notMet).equals(List.of("scope 50")));
    await().during(SEVERAL_SWEEPS).atMost(SOON).until(() -> samples.fired(breach).isEmpty());

    assertThat(samples.fired(breach)).isEmpty();
  }

  @Test
  @DisplayName("a clock that ran ahead and was set back fires nothing a second time")
  void aClockThatWasSetBack() throws SQLException {
    UUID breach = samples.insert(account, "29 minutes 58 seconds");
    // While the clock was ahead, these two fired.
    samples.rung(breach, "scope", 50);
    samples.rung(breach, "scope", 75);
    UUID past = samples.insert(account, "29 minutes 59 seconds");

    await().atMost(SOON).until(() -> samples.fired(past).contains("scope 50"));
    await().during(SEVERAL_SWEEPS).atMost(SOON).until(() -> samples.fired(breach).size() == 2);

    assertThat(samples.events(breach)).isEmpty();
  }

  @Test
  @DisplayName("a clock that jumps a month ahead fires everything that was due, each once")
  void aClockThatJumped() throws SQLException {
    UUID breach = samples.insert(account, "30 days");

    await().atMost(SOON).until(() -> samples.fired(breach).size() == 24);

    assertThat(samples.events(breach)).hasSize(24).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("sweeps that run at the same time fire each rung once")
  void sweepsAtOnce() throws Exception {
    List<UUID> breaches = new ArrayList<>();
    superuser.setAutoCommit(false);
    for (int i = 0; i < 20; i++) {
      breaches.add(samples.insert(account, "5 hours"));
    }
    superuser.commit();
    superuser.setAutoCommit(true);

    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<Void> sweep = this::sweep;
      for (Future<Void> each : threads.invokeAll(List.of(sweep, sweep, sweep, sweep))) {
        each.get();
      }
    } finally {
      threads.shutdown();
    }

    for (UUID breach : breaches) {
      assertThat(samples.events(breach)).hasSize(12).doesNotHaveDuplicates();
    }
  }

  private Void sweep() throws SQLException {
    try (Connection connection = kit.superuser()) {
      connection.createStatement().execute("select clock.sweep()");
    }
    return null;
  }

  private void complete(UUID breach) throws SQLException {
    superuser
        .createStatement()
        .execute(
            "insert into step_completion (breach_id, step, completed_by) values ('"
                + breach
                + "', 'scope', '"
                + account
                + "')");
  }
}
