package uk.progressstream.breach.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URL;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.breach.BreachApi;
import uk.progressstream.breach.OtherPeers;
import uk.progressstream.breach.OtherPeersResource;
import uk.progressstream.breach.SampleBreaches;
import uk.progressstream.contracts.audit.Alarm;
import uk.progressstream.provisioning.testing.ServiceTestResource;
import uk.progressstream.provisioning.testing.TestKit;

@QuarkusTest
@WithTestResource(
    value = ServiceTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "breach"))
@WithTestResource(OtherPeersResource.class)
class AlarmWatchTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String COMPANY = "00000000-0000-0000-0000-000000000000";

  @TestHTTPResource(value = "/", tls = true)
  URL service;

  private final UUID alarm = UUID.randomUUID();
  private TestKit kit;
  private BreachApi api;
  private OtherPeers peers;

  @BeforeEach
  void connect() throws IOException {
    kit = TestKit.current();
    api = new BreachApi(service, kit);
    peers = new OtherPeers(kit);
  }

  @AfterEach
  void disconnect() {
    peers.close();
  }

  @Test
  @DisplayName(
      "an alarm of the log opens a breach whose clock runs from the alarm on; once, and in the log")
  void opensOnce() throws SQLException {
    Instant raisedAt = Instant.now().minus(Duration.ofMinutes(40)).truncatedTo(ChronoUnit.MICROS);
    peers.alarms.add(alarm(alarm, raisedAt));

    await().atMost(SOON).until(() -> api.get(path()).statusCode() == 200);
    await().atMost(SOON).until(() -> rungs() == 1);
    // Long enough for the same alarm to be heard of again.
    peers.alarms.add(alarm(UUID.randomUUID(), raisedAt));
    await().atMost(SOON).until(() -> breaches(peers.alarms.get(1).getId()) == 1);

    JsonObject breach = new JsonObject(api.get(path()).body());
    assertThat(breach.getInstant("awareAt")).isEqualTo(raisedAt);
    assertThat(breach.getString("openedBy")).isEqualTo(COMPANY);
    assertThat(breach.getString("summary")).contains("checkpoint");
    assertThat(breaches(alarm.toString())).isEqualTo(1);
    assertThat(events()).isEqualTo(1);
  }

  @Test
  @DisplayName("two that hear of an alarm at the same moment open one breach")
  void atTheSameMoment() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Connection first = kit.superuser();
        Connection second = kit.superuser()) {
      first.setAutoCommit(false);
      assertThat(open(first)).isTrue();
      Future<Boolean> other = thread.submit(() -> open(second));
      first.commit();
      assertThat(other.get(SOON.toSeconds(), TimeUnit.SECONDS)).isFalse();
    } finally {
      thread.shutdownNow();
    }
    assertThat(breaches(alarm.toString())).isEqualTo(1);
    assertThat(events()).isEqualTo(1);
  }

  @Test
  @DisplayName("an alarm from a clock that runs ahead counts from now, not from then")
  void fromTheFuture() throws SQLException {
    peers.alarms.add(alarm(alarm, Instant.now().plus(Duration.ofHours(5))));

    await().atMost(SOON).until(() -> api.get(path()).statusCode() == 200);
    assertThat(new JsonObject(api.get(path()).body()).getInstant("awareAt"))
        .isBeforeOrEqualTo(Instant.now().plus(Duration.ofSeconds(2)));
  }

  @Test
  @DisplayName("nobody but the company's own alarm can open a breach without an account")
  void notByAnyone() throws SQLException {
    try (Connection connection = kit.superuser()) {
      connection.createStatement().execute("set role breach_school");
      assertThat(
              fails(
                  connection,
                  "select clock.company_event('" + alarm + "', 'breach.opened', 'x', now(), '{}')"))
          .isEqualTo("42501");
      assertThat(
              fails(
                  connection,
                  "insert into breach (id, aware_at, summary, window_from, window_to, opened_by,"
                      + " idempotency_key, request_hash) values ('"
                      + alarm
                      + "', now(), 'x', now() - interval '1 day', now(), '"
                      + COMPANY
                      + "', 'x', repeat('0', 64))"))
          .isEqualTo("42501");
    }
  }

  private static Alarm alarm(UUID id, Instant raisedAt) {
    return Alarm.newBuilder().setId(id.toString()).setRaisedAt(raisedAt.toString()).build();
  }

  private boolean open(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select clock.open_by_alarm(?, ?)")) {
      statement.setObject(1, alarm);
      statement.setObject(2, OffsetDateTime.now(ZoneOffset.UTC).minusMinutes(1));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  private static String fails(Connection connection, String sql) {
    try {
      connection.createStatement().execute(sql);
      return "";
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }

  private String path() {
    return BreachApi.BREACHES + "/" + alarm;
  }

  private int rungs() throws SQLException {
    try (Connection superuser = kit.superuser()) {
      return new SampleBreaches(superuser).fired(alarm).size();
    }
  }

  private long breaches(String id) throws SQLException {
    return count("breach where id = '" + id + "'");
  }

  private long events() throws SQLException {
    return count(
        "outbox.event where kind = 'breach.opened' and body::jsonb ->> 'concerns' = '"
            + alarm
            + "'");
  }

  private long count(String what) throws SQLException {
    try (Connection superuser = kit.superuser();
        ResultSet row = superuser.createStatement().executeQuery("select count(*) from " + what)) {
      row.next();
      return row.getLong(1);
    }
  }
}
