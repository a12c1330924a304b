package uk.progressstream.audit.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.URL;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.audit.EventFeed;
import uk.progressstream.audit.TestLog;
import uk.progressstream.audit.publication.ServedLog;
import uk.progressstream.contracts.events.Event;
import uk.progressstream.log.commitment.Disclosure;
import uk.progressstream.log.note.LogProof;
import uk.progressstream.platform.scope.SealedScope;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.ServiceClient;
import uk.progressstream.provisioning.testing.ServiceTestResource;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

@QuarkusTest
@Proves("D14")
@WithTestResource(TestLog.class)
@WithTestResource(
    value = ServiceTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "audit"))
class ErasureTest {
  private static final String REASON = "{\"reason\":\"personal-data\"}";

  @TestHTTPResource(value = "/", tls = true)
  URL service;

  private final UUID school = UUID.randomUUID();
  private final UUID actor = UUID.randomUUID();
  private TestKit kit;
  private ServiceClient gateway;
  private EventFeed feed;
  private Event event;

  @BeforeEach
  void append() {
    kit = TestKit.current();
    gateway = new ServiceClient(service, kit.tlsOf("gateway"));
    feed = new EventFeed(service, kit, "grades", school);
    event = feed.next("grades.export", EventFeed.body(actor));
    feed.deliver(event, feed.next());
  }

  @Test
  @DisplayName("an erased record leaves its leaf and a valid tree, and nothing of what it said")
  void erased() throws Exception {
    String before = get("/proof").body();

    HttpResponse<String> answer = erase(officer(school), REASON);

    assertThat(answer.statusCode()).isEqualTo(200);
    JsonObject erasure = new JsonObject(answer.body());
    LogProof proved = LogProof.of(before);
    assertThat(erasure.getLong("leafIndex")).isEqualTo(proved.index());
    assertThat(get("").body()).contains("\"erased\":true").doesNotContain(actor.toString());
    assertThat(get("/proof").statusCode()).isEqualTo(410);
    LogProof entry = LogProof.of(get("/entry-proof").body());
    assertThat(entry.extra()).isNull();
    ServedLog log = new ServedLog(service, kit);
    byte[] committed = Disclosure.of(proved.extra()).entry();
    assertThat(entry.verified(committed, log.key()).size()).isPositive();
    log.verify(proved.checkpoint());
    assertThat(text("select string_agg(t::text, '') from touch t where school_id = '%s'"))
        .as("the counts, too")
        .doesNotContain(actor.toString());
    assertThat(
            text(
                "select sum(records)::text from touch where school_id = '%s' and kind = 'grades.export'"))
        .isEqualTo("2");
    assertThat(
            text("select count(*)::text from inbox where school_id = '%s' and source = 'grades'"))
        .isEqualTo("2");
  }

  @Test
  @DisplayName("the erasure is a record itself: whose, which leaf and number, and why")
  void theErasureIsRecorded() throws SQLException {
    JsonObject erasure = new JsonObject(erase(officer(school), REASON).body());

    JsonObject body =
        new JsonObject(
            text(
                "select body from outbox.event where kind = 'record.erased' and school_id = '%s'"));
    assertThat(body.getString("concerns")).isEqualTo(event.getId());
    assertThat(body.getJsonObject("filter").getString("reason")).isEqualTo("personal-data");
    assertThat(body.getJsonObject("filter").getString("source")).isEqualTo("grades");
    assertThat(body.getJsonObject("filter").getString("sequence")).isEqualTo("1");
    assertThat(body.getJsonObject("filter").getString("leaf"))
        .isEqualTo(Long.toString(erasure.getLong("leafIndex")));
  }

  @Test
  @Proves("D9")
  @DisplayName("no admin, no other school's officer, no forged seal erases; no reason, no erasure")
  void nobodyElseErases() throws SQLException {
    String admin = kit.tokens().mint(Tokens.schools(actor, Set.of(school), "audit:read"), "admin");
    String forged =
        kit.tokens()
            .mint(
                kit.tokens().forged(Tokens.schools(actor, Set.of(school), "audit:erase")),
                "data-protection",
                Set.of("audit"));

    assertThat(erase(admin, REASON).statusCode()).isIn(403, 404);
    assertThat(erase(officer(UUID.randomUUID()), REASON).statusCode()).isEqualTo(404);
    assertThat(erase(forged, REASON).statusCode()).isIn(403, 404);
    for (String reason : new String[] {"{}", "{\"reason\":\"because\"}", "{\"reason\":null}"}) {
      assertThat(erase(officer(school), reason).statusCode()).isEqualTo(400);
    }
    assertThat(get("/proof").statusCode()).isEqualTo(200);
    assertThat(erase(officer(school), REASON).statusCode()).isEqualTo(200);
    assertThat(erase(officer(school), REASON).statusCode()).as("twice").isEqualTo(409);
  }

  @Test
  @DisplayName("a record of an erasure or of a mismatch stays")
  void evidenceStays() throws SQLException {
    for (String kind : new String[] {"record.erased", "log.mismatch", "log.checkpoint-seen"}) {
      try (Connection superuser = kit.superuser()) {
        superuser
            .createStatement()
            .execute(
                "update record set kind = '%s' where id = '%s'".formatted(kind, event.getId()));
      }
      assertThat(erase(officer(school), REASON).statusCode()).as(kind).isEqualTo(409);
    }
  }

  @Test
  @Proves("D9")
  @DisplayName("by SQL, as the service's own role: the scope of an admin erases nothing")
  void bySql() throws SQLException {
    SealedScope admin = kit.tokens().sealed(Tokens.schools(actor, Set.of(school), "audit:read"));
    try (Connection superuser = kit.superuser()) {
      superuser.setAutoCommit(false);
      superuser.createStatement().execute("set local role audit_school");
      PreparedStatement set =
          superuser.prepareStatement(
              "select set_config('ps.scope', ?, true), set_config('ps.seal', ?, true)");
      set.setString(1, admin.text());
      set.setString(2, admin.seal());
      set.execute();
      ResultSet rows =
          superuser
              .createStatement()
              .executeQuery("select count(*) from log.erase('" + event.getId() + "')");
      rows.next();
      assertThat(rows.getInt(1)).isZero();
      assertThatThrownBy(
              () -> superuser.createStatement().execute("select log.count_touches('[]')"))
          .isInstanceOf(SQLException.class);
    }
  }

  private HttpResponse<String> erase(String token, String body) {
    return gateway.post("/audit/v1/erasures/" + event.getId(), token, body);
  }

  private HttpResponse<String> get(String what) {
    String admin =
        kit.tokens().mint(Tokens.schools(UUID.randomUUID(), Set.of(school), "audit:read"), "admin");
    return gateway.get("/audit/v1/records/" + event.getId() + what, admin);
  }

  private String officer(UUID of) {
    return kit.tokens()
        .mint(
            Tokens.schools(UUID.randomUUID(), Set.of(of), "audit:read", "audit:erase"),
            "data-protection");
  }

  private String text(String sql) throws SQLException {
    try (Connection superuser = kit.superuser();
        ResultSet row = superuser.createStatement().executeQuery(sql.formatted(school))) {
      row.next();
      return row.getString(1);
    }
  }
}
