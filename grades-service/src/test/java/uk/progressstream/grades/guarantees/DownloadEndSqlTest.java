package uk.progressstream.grades.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.progressstream.platform.scope.SealedScope;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.ServiceTestResource;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

/** What the roles of a service can do to the beginnings and ends of downloads, in SQL. */
@QuarkusTest
@Proves("D14")
@WithTestResource(
    value = ServiceTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "grades"))
class DownloadEndSqlTest {
  private static final String BEGUN =
      "{\"outcome\":\"allowed\",\"actor\":\"%s\",\"purpose\":\"teaching\",\"resource\":\"grades\"}";
  private static final String CUT =
      "{\"outcome\":\"cut\",\"rows\":5,\"bytes\":77,\"actor\":\"somebody\",\"purpose\":\"none\",\"free\":\"text\"}";

  private final UUID account = UUID.randomUUID();
  private final UUID school = UUID.randomUUID();
  private final UUID record = UUID.randomUUID();
  private Connection connection;
  private SealedScope scope;

  @BeforeEach
  void connect() throws SQLException {
    TestKit kit = TestKit.current();
    scope = kit.tokens().sealed(Tokens.schools(account, Set.of(school), "grades:read"));
    connection = kit.superuser();
    connection.setAutoCommit(false);
  }

  @AfterEach
  void close() throws SQLException {
    connection.rollback();
    connection.close();
  }

  @Test
  @DisplayName(
      "An end needs no scope, says what the beginning said, and adds counts and outcome alone")
  void endWithoutScope() throws SQLException {
    begin(school);

    assertThat(end(CUT)).isEqualTo(1);

    JsonObject ended = new JsonObject(text("select body from outbox.event" + ends()));
    assertThat(ended.getString("outcome")).isEqualTo("cut");
    assertThat(ended.getInteger("rows")).isEqualTo(5);
    assertThat(ended.getInteger("bytes")).isEqualTo(77);
    assertThat(ended.getString("actor")).isEqualTo(account.toString());
    assertThat(ended.getString("purpose")).isEqualTo("teaching");
    assertThat(ended.getString("concerns")).isEqualTo(record.toString());
    assertThat(ended.containsKey("free")).isFalse();
  }

  @Test
  @DisplayName("A download has one end, and what is no download has none")
  void once() throws SQLException {
    assertThat(end(CUT)).as("nothing began").isZero();
    begin(school);
    assertThat(end(CUT)).isEqualTo(1);

    assertThat(end(CUT)).as("a second end").isZero();
    assertThat(sweep("0")).as("a sweep behind it").isZero();
    assertThat(text("select count(*) from outbox.event" + ends())).isEqualTo("1");
  }

  @Test
  @DisplayName("The sweep ends what is long over, as unknown, and nothing else")
  void sweep() throws SQLException {
    begin(school);
    assertThat(sweep("1 minute")).as("one that still may run").isZero();

    as("reset role");
    as("update outbox.open_download set ends_by = clock_timestamp() - interval '2 minutes'");
    assertThat(sweep("3 minutes")).as("one that may still be told of").isZero();
    assertThat(sweep("1 minute")).isEqualTo(1);

    JsonObject ended = new JsonObject(text("select body from outbox.event" + ends()));
    assertThat(ended.getString("outcome")).isEqualTo("unknown");
    assertThat(ended.getString("actor")).isEqualTo(account.toString());
    assertThat(end(CUT)).as("whoever comes too late").isZero();
  }

  @Test
  @DisplayName("A school that holds its own events keeps no other school from its ends")
  void heldByAnotherSchool() throws SQLException {
    UUID holder = UUID.randomUUID();
    begin(school);
    as("reset role");
    as(
        "insert into outbox.open_download select gen_random_uuid(), '%s', 'grades.export.ended', '{}', '-infinity' from generate_series(1, 5)"
            .formatted(holder));
    makeDue(holder);
    connection.commit();
    // What a service's connections have.
    as("set local lock_timeout = '10s'");
    as("set local statement_timeout = '15s'");
    try (Connection held = TestKit.current().superuser()) {
      held.setAutoCommit(false);
      held.createStatement()
          .execute("insert into outbox.sequence (school_id, last) values ('" + holder + "', 1)");
      // One of them is being ended by somebody who waits for the same.
      held.createStatement()
          .execute(
              "delete from outbox.open_download where record ="
                  + " (select min(record::text)::uuid from outbox.open_download where school_id = '"
                  + holder
                  + "')");

      assertThat(sweep("1 second")).isEqualTo(1);
      held.rollback();
    }
    assertThat(text("select count(*) from outbox.event" + ends())).isEqualTo("1");
    as("reset role");
    makeDue(holder);
    assertThat(sweep("1 second")).as("when it is free again").isEqualTo(5);
    connection.commit();
  }

  /** Due for a sweep with a short margin; the running service's own has a longer one. */
  private void makeDue(UUID other) throws SQLException {
    as(
        "update outbox.open_download set ends_by = clock_timestamp() - interval '10 seconds' where school_id in ('%s', '%s')"
            .formatted(school, other));
  }

  @Test
  @DisplayName("An end does not wait on the relay's connection for a school that holds its events")
  void endOfABusySchool() throws SQLException {
    begin(school);
    connection.commit();
    as("set local lock_timeout = 0");
    as("set local statement_timeout = '15s'");
    try (Connection held = TestKit.current().superuser()) {
      held.setAutoCommit(false);
      held.createStatement()
          .execute(
              "update outbox.sequence set last = last where school_id = '%s'".formatted(school));

      assertThatThrownBy(() -> end(CUT)).hasMessageContaining("lock timeout");
      connection.rollback();
      held.rollback();
    }
    assertThat(end(CUT)).as("when it is free again").isEqualTo(1);
    connection.commit();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select outbox.sweep_downloads('-1 hour')",
        "select outbox.sweep_downloads('1 year')",
        "select outbox.sweep_downloads(null)",
        "select outbox.renumber('%s', 9000000000000000000, '{}')",
        "select outbox.renumber('%s', 0, '{}')"
      })
  @DisplayName("The relay's role neither ends what still runs nor uses up a school's numbers")
  void bounds(String attack) throws SQLException {
    begin(school);
    noScope();

    assertThatThrownBy(() -> as(attack.formatted(school)))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22023"));
  }

  @Test
  @DisplayName("What could never be ended does not begin")
  void neverEnded() throws SQLException {
    String body = BEGUN.formatted(account);
    setScope("grades_school");
    Savepoint before = connection.setSavepoint();
    for (String[] attack :
        new String[][] {
          {"a." + "x".repeat(58), body},
          {"grades.export", padded(body, "\"" + "x".repeat(250_000) + "\"")},
          {"grades.export", padded(body, "[" + "1,".repeat(100_000) + "1]")}
        }) {
      assertThatThrownBy(() -> begin(school, attack[0], attack[1]))
          .hasMessageContaining("could never be ended");
      connection.rollback(before);
    }
    begin(school, "a." + "x".repeat(56), body);
  }

  private static String padded(String body, String padding) {
    return body.substring(0, body.length() - 1) + ",\"pad\":" + padding + "}";
  }

  @Test
  @DisplayName("A download whose end cannot be written keeps no other from its own")
  void oneThatCannotEnd() throws SQLException {
    begin(school);
    as("reset role");
    as(
        "insert into outbox.open_download values (gen_random_uuid(), '%s', repeat('x', 70), '{}', '-infinity')"
            .formatted(school));
    as("update outbox.open_download set ends_by = clock_timestamp() - interval '2 minutes'");

    assertThat(sweep("1 minute")).isEqualTo(1);
    assertThat(text("select count(*) from outbox.event" + ends())).isEqualTo("1");
    as("reset role");
    assertThat(
            text(
                "select count(*) from outbox.open_download"
                    + " where ends_by > clock_timestamp() + interval '50 minutes'"))
        .as("left for later, when somebody has repaired it")
        .isEqualTo("1");
  }

  @Test
  @DisplayName("Nobody begins a download of a school that is not in their scope, or without one")
  void noForeignBeginning() {
    assertThatThrownBy(() -> begin(UUID.randomUUID())).hasMessageContaining("no scope");
  }

  @Test
  @DisplayName("An end has one of the outcomes of a download")
  void noOtherOutcome() throws SQLException {
    begin(school);

    assertThatThrownBy(() -> end("{\"outcome\":\"allowed\"}")).hasMessageContaining("no outcome");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select outbox.end_download('{}', '{}')",
        "select outbox.sweep_downloads('1 day')",
        "select outbox.put(gen_random_uuid(), gen_random_uuid(), 'grades.export.ended', '{}')",
        "select * from outbox.open_download",
        "insert into outbox.open_download values (gen_random_uuid(), gen_random_uuid(), 'a.b', '{}', now())",
        "delete from outbox.open_download"
      })
  @DisplayName("The roles that read have no part in an end, though they have a genuine seal")
  void readersDoNotEnd(String attack) throws SQLException {
    for (String role : new String[] {"grades_school", "grades_class"}) {
      setScope(role);
      assertThatThrownBy(() -> as(attack)).as(role).hasMessageContaining("permission denied");
      connection.rollback();
    }
  }

  private void begin(UUID of) throws SQLException {
    setScope("grades_school");
    begin(of, "grades.export", BEGUN.formatted(account));
  }

  private void begin(UUID of, String kind, String body) throws SQLException {
    try (PreparedStatement begin =
        connection.prepareStatement(
            "select outbox.begin_download(array[?]::uuid[], array[?]::uuid[], ?, array[?])")) {
      begin.setObject(1, record);
      begin.setObject(2, of);
      begin.setString(3, kind);
      begin.setString(4, body);
      begin.execute();
    }
  }

  private void setScope(String role) throws SQLException {
    as("set local role " + role);
    try (PreparedStatement set =
        connection.prepareStatement(
            "select set_config('ps.scope', ?, true), set_config('ps.seal', ?, true)")) {
      set.setString(1, scope.text());
      set.setString(2, scope.seal());
      set.execute();
    }
  }

  private int end(String body) throws SQLException {
    noScope();
    try (PreparedStatement end =
        connection.prepareStatement("select outbox.end_download(array[?]::uuid[], array[?])")) {
      end.setObject(1, record);
      end.setString(2, body);
      try (ResultSet rows = end.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }

  private int sweep(String margin) throws SQLException {
    noScope();
    return Integer.parseInt(text("select outbox.sweep_downloads('" + margin + "')"));
  }

  private void noScope() throws SQLException {
    as("select set_config('ps.scope', '', true), set_config('ps.seal', '', true)");
    as("set local role grades_relay");
  }

  private String ends() {
    return " where school_id = '" + school + "' and kind = 'grades.export.ended'";
  }

  private String text(String sql) throws SQLException {
    try (ResultSet rows = connection.createStatement().executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private void as(String sql) throws SQLException {
    connection.createStatement().execute(sql);
  }
}
