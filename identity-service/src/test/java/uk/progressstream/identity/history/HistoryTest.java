package uk.progressstream.identity.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.Person;
import uk.progressstream.identity.testing.SampleSchool;
import uk.progressstream.identity.testing.ServiceSql;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.scope.SealedScope;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

@QuarkusTest
@Proves("D12")
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
class HistoryTest {
  private Gateway gateway;
  private SampleSchool school;
  private SampleSchool partner;
  private SampleSchool stranger;
  private Person teacher;
  private UUID cluster;

  @BeforeEach
  void onboard() {
    gateway = Gateway.open();
    school = SampleSchool.onboard(gateway);
    partner = SampleSchool.onboard(gateway);
    stranger = SampleSchool.onboard(gateway);
    teacher = school.member("teacher");
    cluster =
        school.propose(
            List.of(
                SampleSchool.cell(school.id(), school.addClass("Ma1")),
                SampleSchool.cell(partner.id(), partner.addClass("Ma2"))));
    gateway.post("/clusters/" + cluster + "/approvals", partner.adminToken(), "");
    school.assign(cluster, teacher);
    UUID account = school.accountOf(teacher);
    gateway.send(
        "DELETE", "/clusters/" + cluster + "/accounts/" + account, partner.adminToken(), "");
  }

  @Test
  @DisplayName("A cluster's history says who did what, before and after, to each school in it")
  void ofACluster() {
    for (SampleSchool each : List.of(school, partner)) {
      List<JsonObject> changes = all("/clusters/" + cluster + "/history", each.adminToken(), 100);

      assertThat(changes)
          .extracting(change -> change.getString("subject"))
          .contains("cluster", "cluster-cell", "cluster-approval", "cluster-account");
      JsonObject removal = changes.get(0);
      assertThat(removal.getString("subject")).isEqualTo("cluster-account");
      assertThat(removal.getString("actor"))
          .isEqualTo(partner.accountOf(partner.admin()).toString());
      assertThat(removal.getValue("after")).isNull();
      assertThat(removal.getJsonObject("before").getString("accountId"))
          .isEqualTo(school.accountOf(teacher).toString());
      assertThat(changes.get(1).getString("actor"))
          .isEqualTo(school.accountOf(school.admin()).toString());
    }
  }

  @Test
  @DisplayName("A school that is not in the cluster, or another school's history: nothing")
  void notTheirs() {
    assertThat(all("/clusters/" + cluster + "/history", stranger.adminToken(), 100)).isEmpty();
    String token = gateway.signIn(teacher);
    assertThat(gateway.get("/clusters/" + cluster + "/history", token).statusCode()).isEqualTo(404);
    assertThat(
            gateway.get("/schools/" + school.id() + "/history", partner.adminToken()).statusCode())
        .isEqualTo(404);
  }

  @Test
  @DisplayName("A school's history says which employee held it, not why, and not each use")
  void holds() throws SQLException {
    String employee = gateway.signIn(Person.employee("everything"));
    UUID account = UUID.fromString(Gateway.claims(employee).getString("sub"));
    String take =
        "select taken_at from entry.take_lease(gen_random_uuid(), '%s', 'a reason')"
            .formatted(school.id());
    SealedScope own = TestKit.current().tokens().sealed(Tokens.none(account, "session:take"));
    ServiceSql.column(own, take);
    ServiceSql.column(own, take);

    List<JsonObject> held =
        all("/schools/" + school.id() + "/history", school.adminToken(), 100).stream()
            .filter(change -> change.getString("subject").equals("employee-lease"))
            .toList();

    assertThat(held).as("taken, replaced, taken").hasSize(3);
    assertThat(held).allMatch(change -> change.getString("actor").equals(account.toString()));
    assertThat(held.toString()).doesNotContain("a reason").doesNotContain("usedAt");
  }

  @Test
  @DisplayName(
      "What an entry of the staff list permitted is history, in no school's and without its key")
  void staff() throws SQLException {
    String employee = gateway.signIn(Person.employee("everything"));
    try (Connection superuser = TestKit.current().superuser();
        ResultSet row =
            superuser
                .createStatement()
                .executeQuery(
                    "select count(*), bool_or(after ? 'staff_key'), bool_or(school_id <> '"
                        + AuditEvent.COMPANY
                        + "') from history where subject = 'staff' and after ->> 'account_id' = '"
                        + Gateway.claims(employee).getString("sub")
                        + "'")) {
      row.next();
      assertThat(row.getInt(1)).isPositive();
      assertThat(row.getBoolean(2)).isFalse();
      assertThat(row.getBoolean(3)).isFalse();
    }
  }

  @Test
  @DisplayName("Pages follow each other without gap or overlap, newest first, with no address")
  void pages() {
    String path = "/schools/" + school.id() + "/history";
    String token = school.adminToken();

    List<JsonObject> once = all(path, token, 1000);
    List<JsonObject> paged = all(path, token, 3);

    assertThat(once).hasSizeGreaterThan(6);
    assertThat(paged).isEqualTo(once);
    assertThat(once)
        .extracting(each -> Instant.parse(each.getString("at")))
        .isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(once.toString()).doesNotContain(teacher.email()).doesNotContain("@");
    assertThat(gateway.get(path + "?after=nonsense", token).statusCode()).isEqualTo(400);
  }

  private List<JsonObject> all(String path, String token, int limit) {
    List<JsonObject> all = new ArrayList<>();
    String after = null;
    do {
      String cursor =
          after == null ? "" : "&after=" + URLEncoder.encode(after, StandardCharsets.UTF_8);
      HttpResponse<String> answer = gateway.get(path + "?limit=" + limit + cursor, token);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      JsonObject page = new JsonObject(answer.body());
      JsonArray items = page.getJsonArray("items");
      items.forEach(item -> all.add((JsonObject) item));
      after = page.getString("next");
    } while (after != null);
    return all;
  }
}
