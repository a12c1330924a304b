package uk.progressstream.audit.blast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URL;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.audit.EventFeed;
import uk.progressstream.audit.TestLog;
import uk.progressstream.contracts.audit.BlastRadiusRequest;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.platform.scope.SealedScope;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.PeerChannel;
import uk.progressstream.provisioning.testing.ServiceClient;
import uk.progressstream.provisioning.testing.ServiceTestResource;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

@QuarkusTest
@Proves("B1")
@WithTestResource(TestLog.class)
@WithTestResource(
    value = ServiceTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "audit"))
class BlastRadiusTest {
  private static final String FROM = "2026-11-24T00:00:00Z";
  private static final String TO = "2026-11-25T00:00:00Z";

  @TestHTTPResource(value = "/", tls = true)
  URL service;

  private final UUID teacher = UUID.randomUUID();
  private final UUID intruder = UUID.randomUUID();
  private final UUID school = UUID.randomUUID();
  private final UUID otherSchool = UUID.randomUUID();
  private TestKit kit;

  @BeforeEach
  void append() {
    kit = TestKit.current();
    EventFeed feed = new EventFeed(service, kit, "grades", school);
    feed.deliver(
        feed.next("grades.export", body(teacher, 5)),
        feed.next("grades.export", body(intruder, 7)),
        feed.next("grades.export", body(intruder, 3)),
        feed.next("grades.read", body(intruder, 2)),
        feed.next("grades.read", body(intruder, 900).put("outcome", "refused")));
    EventFeed other = new EventFeed(service, kit, "grades", otherSchool);
    other.deliver(other.next("grades.export", body(intruder, 100)));
  }

  @Test
  @DisplayName("under an errand scope breach learns who touched the school's data: counts, no row")
  void breachCountsUnderAnErrand() {
    List<uk.progressstream.contracts.audit.Touch> touches =
        ask(errand(school), school, intruder.toString());

    assertThat(touches).hasSize(2).allMatch(t -> t.getActor().equals(intruder.toString()));
    uk.progressstream.contracts.audit.Touch export =
        touches.stream().filter(t -> t.getKind().equals("grades.export")).findFirst().orElseThrow();
    assertThat(export.getRecords()).isEqualTo(2);
    assertThat(export.getRows()).isEqualTo(50);
    assertThat(export.getPupilsAtLeast()).isEqualTo(7);
    assertThat(export.getPupilsAtMost()).isEqualTo(10);
    assertThat(export.getClassesList()).hasSize(2);
    assertThat(export.getColumnsList()).containsExactly("grade", "psId");
    assertThat(export.getFirstAt()).isEqualTo("2026-11-24T09:00:00.123456Z");
    assertThat(ask(errand(school), school, "")).hasSize(3);
  }

  @Test
  @Proves("D9")
  @DisplayName(
      "an errand for one school answers nothing about another, and no other scope answers at all")
  void anErrandIsForOneSchool() {
    assertRefused(() -> ask(errand(otherSchool), school, ""));
    assertRefused(
        () -> ask(token(Tokens.schools(teacher, Set.of(school), "audit:read")), school, ""));
    Scope scope = Tokens.schools(teacher, Set.of(school), "audit:blast-radius");
    String forged = kit.tokens().mint(kit.tokens().forged(scope), "breach", Set.of("audit"));
    assertRefused(() -> ask(forged, school, ""));
    assertThatThrownBy(() -> askAs("grades", errand(school), school, ""))
        .isInstanceOf(StatusRuntimeException.class);
  }

  @Test
  @Proves("D9")
  @DisplayName("an errand scope reads no record, by REST or by SQL as the service's own role")
  void anErrandReadsNoRecord() throws SQLException {
    ServiceClient gateway = new ServiceClient(service, kit.tlsOf("gateway"));
    SealedScope errand =
        kit.tokens().sealed(Tokens.schools(teacher, Set.of(school), "audit:blast-radius"));

    assertThat(gateway.get("/audit/v1/records", errand(school)).statusCode()).isEqualTo(404);
    assertThat(countAs("audit_school", errand, "select count(*) from record")).isZero();
    assertThat(
            countAs(
                "audit_school",
                errand,
                "select count(*) from log.touches('-infinity','infinity',null,null)"))
        .isZero();
    assertThat(
            countAs(
                "audit_school",
                errand,
                "select count(*) from log.errand_touches('-infinity','infinity',null,null)"))
        .isEqualTo(3);
    SealedScope reader = kit.tokens().sealed(Tokens.schools(teacher, Set.of(school), "audit:read"));
    assertThat(
            countAs(
                "audit_school",
                reader,
                "select count(*) from log.errand_touches('-infinity','infinity',null,null)"))
        .isZero();
  }

  @Test
  @Proves("D9")
  @DisplayName("a school's admin asks the same about the own school and no other")
  void anAdminAsksAboutTheOwnSchool() {
    ServiceClient gateway = new ServiceClient(service, kit.tlsOf("gateway"));
    String admin = token(Tokens.schools(teacher, Set.of(school), "audit:read"));
    String window = "/audit/v1/blast-radius?from=" + FROM + "&to=" + TO;

    HttpResponse<String> answer = gateway.get(window + "&actor=" + intruder, admin);
    JsonArray items = new JsonObject(answer.body()).getJsonArray("items");
    assertThat(items).hasSize(2);
    assertThat(items.getJsonObject(0).getString("school")).isEqualTo(school.toString());
    assertThat(
            new JsonObject(gateway.get(window + "&school=" + otherSchool, admin).body())
                .getJsonArray("items"))
        .isEmpty();
    assertThat(gateway.get("/audit/v1/blast-radius?from=" + FROM, admin).statusCode())
        .isEqualTo(400);
    assertThat(gateway.get(window, null).statusCode()).isEqualTo(401);
    assertThat(gateway.get("/audit/v1/blast-radius?from=" + TO + "&to=" + FROM, admin).statusCode())
        .as("nobody touched anything then, but nobody asks that")
        .isEqualTo(400);
  }

  @Test
  @DisplayName("outside the window there is nothing")
  void outsideTheWindow() {
    BlastRadiusRequest request =
        BlastRadiusRequest.newBuilder()
            .setSchool(school.toString())
            .setFrom("2026-11-25T00:00:00Z")
            .setTo("2026-11-26T00:00:00Z")
            .build();
    assertThat(call("breach", errand(school), request)).isEmpty();
  }

  @Test
  @DisplayName(
      "whole days from the counts and parts of days from the records give the same, however cut")
  void whateverTheWindow() throws SQLException {
    SealedScope reader = kit.tokens().sealed(Tokens.schools(teacher, Set.of(school), "audit:read"));
    String records =
        "select coalesce(sum(records), 0)::bigint from log.touches('%s', '%s', null, null)";
    String[][] windows = {
      {"2026-11-24T09:00:00.123456Z", "2026-11-24T09:00:00.123457Z", "4"},
      {"2026-11-23T12:00:00Z", "2026-11-24T09:00:00.123456Z", "0"},
      {"2026-11-23T12:00:00Z", "2026-11-25T12:00:00Z", "4"},
      {"2026-11-24T00:00:00Z", "2026-11-24T09:00:00.123457Z", "4"},
      {"2026-11-24T09:00:00.123457Z", "2026-11-26T00:00:00Z", "0"},
      {"-infinity", "2026-11-24T23:00:00Z", "4"},
      {"2026-11-24T01:00:00Z", "infinity", "4"},
      {"-infinity", "infinity", "4"}
    };
    for (String[] window : windows) {
      assertThat(countAs("audit_school", reader, records.formatted(window[0], window[1])))
          .as(window[0] + " to " + window[1])
          .isEqualTo(Long.parseLong(window[2]));
    }
  }

  private static JsonObject body(UUID actor, int pupils) {
    return EventFeed.body(actor).put("pupils", pupils);
  }

  private String errand(UUID of) {
    return token(Tokens.schools(UUID.randomUUID(), Set.of(of), "audit:blast-radius"));
  }

  private String token(Scope scope) {
    return kit.tokens().mint(scope, "errand");
  }

  private List<uk.progressstream.contracts.audit.Touch> ask(
      String token, UUID about, String actor) {
    return askAs("breach", token, about, actor);
  }

  private List<uk.progressstream.contracts.audit.Touch> askAs(
      String peer, String token, UUID about, String actor) {
    return call(
        peer,
        token,
        BlastRadiusRequest.newBuilder()
            .setSchool(about.toString())
            .setFrom(FROM)
            .setTo(TO)
            .setActor(actor)
            .build());
  }

  private List<uk.progressstream.contracts.audit.Touch> call(
      String peer, String token, BlastRadiusRequest request) {
    try (PeerChannel channel = PeerChannel.open(service, kit, peer)) {
      return uk.progressstream.contracts.audit.BlastRadiusGrpc.newBlockingStub(
              channel.withToken(token))
          .query(request)
          .getTouchesList();
    }
  }

  private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
  }

  private long countAs(String role, SealedScope scope, String sql) throws SQLException {
    try (Connection superuser = kit.superuser()) {
      superuser.setAutoCommit(false);
      superuser.createStatement().execute("set local role " + role);
      PreparedStatement set =
          superuser.prepareStatement(
              "select set_config('ps.scope', ?, true), set_config('ps.seal', ?, true)");
      set.setString(1, scope.text());
      set.setString(2, scope.seal());
      set.execute();
      ResultSet row = superuser.createStatement().executeQuery(sql);
      row.next();
      return row.getLong(1);
    }
  }
}
