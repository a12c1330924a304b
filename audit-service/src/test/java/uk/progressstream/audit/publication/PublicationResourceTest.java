package uk.progressstream.audit.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.progressstream.audit.EventFeed;
import uk.progressstream.audit.TestLog;
import uk.progressstream.log.note.Checkpoint;
import uk.progressstream.log.note.NoteSigner;
import uk.progressstream.log.tree.Hash;
import uk.progressstream.log.tree.NotVerifiedException;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.ServiceTestResource;
import uk.progressstream.provisioning.testing.TestKit;

@QuarkusTest
@WithTestResource(TestLog.class)
@WithTestResource(
    value = ServiceTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "audit"))
class PublicationResourceTest {
  @TestHTTPResource(value = "/", tls = true)
  URL service;

  @Inject KeyGuard guard;

  private ServedLog log;
  private EventFeed feed;

  @BeforeEach
  void append() {
    TestKit kit = TestKit.current();
    log = new ServedLog(service, kit);
    feed = new EventFeed(service, kit, "grades", UUID.randomUUID());
    feed.deliver(feed.next(3));
  }

  @Test
  @Proves("D14")
  @DisplayName("anyone verifies the log that is served, with its public key, over tile borders")
  void theServedLogVerifies() throws Exception {
    String kept = log.checkpoint();
    for (int batch = 0; batch < 4; batch++) {
      feed.deliver(feed.next(150));
      assertThat(log.verify(kept).size()).isGreaterThan(3);
    }
    assertThat(Checkpoint.verified(log.checkpoint(), log.key()).origin()).isEqualTo(TestLog.ORIGIN);
  }

  @Test
  @Proves("D14")
  @DisplayName("a checkpoint is never older than the answer to an append")
  void theCheckpointIsThereWithTheAppend() {
    for (int i = 0; i < 5; i++) {
      long leaf = feed.deliver(feed.next()).get(0);
      assertThat(Checkpoint.verified(log.checkpoint(), log.key()).size()).isGreaterThan(leaf);
    }
  }

  @Test
  void headersAreThoseOfTheSpecification() {
    HttpResponse<byte[]> checkpoint = log.get("checkpoint");
    HttpResponse<byte[]> tile = log.get("tile/0/000.p/1");
    HttpResponse<byte[]> entries = log.get("tile/entries/000.p/1");

    assertThat(header(checkpoint, "content-type"))
        .isEqualToIgnoringCase("text/plain;charset=utf-8");
    assertThat(header(checkpoint, "cache-control")).isEqualTo("no-cache");
    assertThat(header(log.get("key"), "content-type")).startsWith("text/plain");
    assertThat(tile.body()).hasSize(32);
    assertThat(header(tile, "content-type")).isEqualTo("application/octet-stream");
    assertThat(header(tile, "cache-control")).contains("immutable");
    assertThat(entries.body()).hasSize(34).startsWith(0, 32);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tile/0/999",
        "tile/7/000",
        "tile/5/000.p/1",
        "tile/0/x999/000.p/1",
        "tile/0/000.p/256",
        "tile/0/0",
        "tile/data/000",
        "tile/entries/x001",
        "tile/0/000%20",
        "tile/0/000'--"
      })
  void whatTheTreeDoesNotHaveIsNotFound(String path) {
    assertThat(log.get(path.replace("'", "%27")).statusCode()).isEqualTo(404);
  }

  @Test
  @Proves("D14")
  @DisplayName("a bit flipped, an entry swapped or dropped in the log's own database: detected")
  void tamperingWithTheDatabaseIsDetected() throws Exception {
    String[] spoils = {
      "update tile set data = set_byte(data, 40, get_byte(data, 40) # 1) where level = 0",
      "update tile set data = set_byte(data, 40, get_byte(data, 40) # 1) where level = -1",
      "update tile set data = substring(data from 35 for 34) || substring(data for 34)"
          + " || substring(data from 69) where level = -1 and tile_index = 0",
      "delete from tile where level = -1 and tile_index = 0",
      "update tile set data = substring(data for length(data) - 32) where level = 0",
    };
    for (String spoil : spoils) {
      try (Connection superuser = TestKit.current().superuser()) {
        superuser.createStatement().execute("create table kept as select * from tile");
        superuser.createStatement().execute(spoil);
        assertThatThrownBy(() -> log.verify())
            .as(spoil)
            .isInstanceOfAny(NotVerifiedException.class, java.io.FileNotFoundException.class);
        superuser.createStatement().execute("truncate tile");
        superuser.createStatement().execute("insert into tile select * from kept");
        superuser.createStatement().execute("drop table kept");
      }
    }
    log.verify();
  }

  @Test
  @Proves("D14")
  @DisplayName(
      "leaves that no checkpoint signs cannot be committed, not even by the service itself")
  void unsignedLeavesCannotBeCommitted() throws SQLException {
    try (Connection superuser = TestKit.current().superuser()) {
      superuser.setAutoCommit(false);
      superuser.createStatement().execute("set local role audit_school");
      append(superuser);
      assertThatThrownBy(superuser::commit)
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("PS003"));
    }
  }

  @Test
  @Proves("D14")
  @DisplayName("a checkpoint over tiles that lack the leaf, or of another size, is not taken")
  void aCheckpointWithoutItsTilesIsNotTaken() throws SQLException {
    for (String published :
        new String[] {
          // One byte is no hash; and a tree of one leaf more than there are.
          "select log.publish(%1$s, 'x', array[0::smallint], array[%1$s / 256], array['\\x00'::bytea])",
          "select log.publish(%1$s + 1, 'x', '{}', '{}', '{}')"
        }) {
      try (Connection superuser = TestKit.current().superuser()) {
        superuser.setAutoCommit(false);
        superuser.createStatement().execute("set local role audit_school");
        append(superuser);
        String sql = published.formatted("log.take_turn()");
        assertThatThrownBy(() -> superuser.createStatement().execute(sql))
            .as(sql)
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("PS003"));
        superuser.rollback();
      }
    }
  }

  @Test
  @Proves("D14")
  @DisplayName("the service's own roles cannot change or take away what is in the log")
  void noRoleCanRewriteTheLog() throws SQLException {
    String[] tables = {"record", "inbox", "head", "tile", "checkpoint", "touch"};
    try (Connection superuser = TestKit.current().superuser()) {
      for (String role : new String[] {"audit_school", "audit_class", "audit_relay"}) {
        for (String table : tables) {
          for (String action : new String[] {"insert", "update", "delete", "truncate"}) {
            assertThat(mayDo(superuser, role, table, action))
                .as("%s %s %s", role, action, table)
                .isFalse();
          }
        }
      }
    }
  }

  @Test
  @Proves("D14")
  @DisplayName("with a key that did not sign the log so far the service refuses to start")
  void anotherKeyIsRefusedAtStart() {
    NoteSigner other = NoteSigner.of(TestLog.ORIGIN, new byte[32]);
    String note = new Checkpoint(TestLog.ORIGIN, 0, Hash.EMPTY_TREE).signedBy(other);

    assertThatThrownBy(() -> guard.check(new SignedTree(0, note)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("another key");
  }

  @Test
  @DisplayName("an appender that hangs gives up its turn after eight seconds")
  void noTurnIsForGood() throws SQLException {
    try (Connection superuser = TestKit.current().superuser()) {
      superuser.setAutoCommit(false);
      superuser.createStatement().execute("set local role audit_school");
      superuser.createStatement().execute("select log.take_turn()");
      for (String setting : new String[] {"lock_timeout", "idle_in_transaction_session_timeout"}) {
        try (ResultSet row = superuser.createStatement().executeQuery("show " + setting)) {
          row.next();
          assertThat(row.getString(1)).isEqualTo("8s");
        }
      }
    }
  }

  /** One leaf, which the transaction has yet to publish. */
  private static void append(Connection connection) throws SQLException {
    try (PreparedStatement append =
        connection.prepareStatement(
            "select log.append(array['grades'], array[gen_random_uuid()], array[gen_random_uuid()],"
                + " array[1::bigint], array[?], array[sha256('x')])")) {
      append.setString(
          1, "{\"kind\":\"a.b\",\"when\":\"2026-11-24T09:00:00Z\",\"outcome\":\"allowed\"}");
      append.execute();
    }
  }

  private static boolean mayDo(Connection superuser, String role, String table, String action)
      throws SQLException {
    try (ResultSet row =
        superuser
            .createStatement()
            .executeQuery(
                "select has_table_privilege('"
                    + role
                    + "', 'public."
                    + table
                    + "', '"
                    + action
                    + "')")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
