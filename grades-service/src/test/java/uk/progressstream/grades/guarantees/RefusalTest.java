package uk.progressstream.grades.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URL;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.provisioning.testing.ServiceClient;
import uk.progressstream.provisioning.testing.ServiceTestResource;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

@QuarkusTest
@WithTestResource(
    value = ServiceTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "grades"))
class RefusalTest {
  private static final String GRADES = "/grades/v1/grades";

  @TestHTTPResource(value = "/", tls = true)
  URL service;

  @Inject MeterRegistry meters;

  private final UUID account = UUID.randomUUID();
  private final UUID school = UUID.randomUUID();
  private final UUID secondSchool = UUID.randomUUID();
  private TestKit kit;
  private ServiceClient gateway;

  @BeforeEach
  void connect() {
    kit = TestKit.current();
    gateway = new ServiceClient(service, kit.tlsOf("gateway"));
  }

  @Test
  @DisplayName("a missing permission is a record of every school in scope, of the call and no more")
  void missingPermission() throws SQLException {
    Scope scope = Tokens.schools(account, Set.of(school, secondSchool), "grades:read");

    HttpResponse<String> answer =
        gateway.get(GRADES + "/export?subject=Jane-Doe", kit.tokens().mint(scope, "teacher"));

    assertThat(answer.statusCode()).isEqualTo(404);
    for (UUID each : List.of(school, secondSchool)) {
      assertThat(refusals(each)).hasSize(1);
      JsonObject record = refusals(each).get(0);
      assertThat(record.getJsonObject("filter").getMap())
          .isEqualTo(Map.of("method", "GET", "path", GRADES + "/export", "status", "404"));
      assertThat(record.getString("actor")).isEqualTo(account.toString());
      assertThat(record.getString("role")).isEqualTo("teacher");
      assertThat(record.getString("outcome")).isEqualTo("refused");
      assertThat(record.encode()).doesNotContain("Jane");
    }
  }

  @Test
  @DisplayName("access that has ended is a record, though nothing else can be done with it")
  void endedAccess() throws SQLException {
    UUID lease = UUID.randomUUID();
    Scope scope = Tokens.leased(Tokens.schools(account, Set.of(school), "grades:read"), lease);
    String token = kit.tokens().mint(scope, "employee");
    kit.leaseLives(lease, account);
    assertThat(gateway.get(GRADES, token).statusCode()).isEqualTo(200);
    assertThat(refusals(school)).isEmpty();

    kit.leaseEnds(lease, account);
    assertThat(gateway.get(GRADES, token).statusCode()).isEqualTo(401);
    assertThat(refusals(school)).hasSize(1);
    kit.revoke(account);
    assertThat(gateway.get(GRADES, token).statusCode()).isEqualTo(401);
    assertThat(refusals(school)).hasSize(2);
  }

  @Test
  @DisplayName("who shows no good token, and what there is not, is nobody's record")
  void nobody() throws SQLException {
    Scope scope = Tokens.schools(account, Set.of(school), "grades:read");
    String expired = kit.tokens().mint(Tokens.expired(scope), "teacher");
    String foreign =
        kit.tokens().mint(kit.tokens().sealed(scope), "teacher", Set.of("some-other-service"));

    assertThat(gateway.get(GRADES, null).statusCode()).isEqualTo(401);
    assertThat(gateway.get(GRADES, expired).statusCode()).isEqualTo(401);
    assertThat(gateway.get(GRADES, foreign).statusCode()).isEqualTo(401);
    String good = kit.tokens().mint(scope, "teacher");
    assertThat(gateway.get("/grades/v1/Jane-Doe", good).statusCode()).isEqualTo(404);
    assertThat(refusals(school)).isEmpty();
  }

  @Test
  @DisplayName("a forged seal cannot write into a school's log")
  void forgedSeal() throws SQLException {
    Scope scope = Tokens.schools(account, Set.of(school), "sensitive:read");
    String token = kit.tokens().mint(kit.tokens().forged(scope), "teacher", Set.of("grades"));

    assertThat(gateway.get(GRADES, token).statusCode()).isIn(401, 404);
    assertThat(refusals(school)).isEmpty();
  }

  @Test
  @DisplayName("a refusal that cannot be recorded is one all the same, and is counted")
  void unrecorded() throws SQLException {
    String token =
        kit.tokens().mint(Tokens.schools(account, Set.of(school), "sensitive:read"), "teacher");
    double before = unrecordedCount();
    execute("alter function outbox.append_all(uuid[], uuid[], text[], text[]) rename to away");
    try {
      assertThat(gateway.get(GRADES, token).statusCode()).isEqualTo(404);
    } finally {
      execute("alter function outbox.away(uuid[], uuid[], text[], text[]) rename to append_all");
    }

    assertThat(unrecordedCount()).isEqualTo(before + 1);
    assertThat(refusals(school)).isEmpty();
  }

  private double unrecordedCount() {
    return meters.counter("refusals.unrecorded").count();
  }

  private List<JsonObject> refusals(UUID of) throws SQLException {
    List<JsonObject> bodies = new ArrayList<>();
    try (Connection superuser = kit.superuser();
        PreparedStatement query =
            superuser.prepareStatement(
                "select body from outbox.event where school_id = ? and kind = 'access.refused'")) {
      query.setObject(1, of);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          bodies.add(new JsonObject(rows.getString(1)));
        }
      }
    }
    return bodies;
  }

  private void execute(String sql) throws SQLException {
    try (Connection superuser = kit.superuser()) {
      superuser.createStatement().execute(sql);
    }
  }
}
