package uk.progressstream.identity.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.Outbox;
import uk.progressstream.identity.testing.Person;
import uk.progressstream.identity.testing.SampleSchool;
import uk.progressstream.provisioning.proof.Proves;

/** Anybody may leave a school, but for its last admin. */
@QuarkusTest
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
@Proves("D12")
class LeavingTest {
  private static final Duration WITHIN = Duration.ofSeconds(10);

  private Gateway gateway;
  private SampleSchool school;

  @BeforeEach
  void onboard() {
    gateway = Gateway.open();
    school = SampleSchool.onboard(gateway);
  }

  @Test
  @DisplayName(
      "Who leaves has no role there, no cluster and no token, and the school's log says so")
  void leaves() {
    Person teacher = school.member("teacher");
    UUID account = school.accountOf(teacher);
    school.clusterFor(teacher, school.addClass("Ma1"));
    String token = gateway.signIn(teacher);

    assertThat(leave(token, school.id())).isEqualTo(204);

    ends(token);
    assertThat(gateway.exchange(teacher.idToken(), Map.of()).statusCode()).isEqualTo(400);
    assertThat(Outbox.events("role.ended", school.id()))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getString("actor")).isEqualTo(account.toString());
              assertThat(event.getJsonObject("filter").getString("account"))
                  .isEqualTo(account.toString());
              assertThat(event.getJsonObject("filter").getString("role")).isEqualTo("teacher");
            });
    String history =
        gateway.get("/schools/" + school.id() + "/history", school.adminToken()).body();
    assertThat(
            new JsonObject(history)
                .getJsonArray("items").stream()
                    .map(JsonObject.class::cast)
                    .filter(each -> each.getString("subject").equals("membership"))
                    .filter(each -> each.getValue("after") == null)
                    .toList())
        .singleElement()
        .satisfies(each -> assertThat(each.getString("actor")).isEqualTo(account.toString()));
  }

  @Test
  @DisplayName("The last admin stays, and keeps the other roles; with another admin they may go")
  void theLastAdmin() {
    HttpResponse<String> invited =
        gateway.post(
            "/schools/" + school.id() + "/invitations",
            school.adminToken(),
            school.admin().invitation("teacher"));
    String id = new JsonObject(invited.body()).getString("id");
    String token = school.adminToken();
    gateway.send("POST", "/me/invitations/" + id + "/acceptance", token, "");
    HttpResponse<String> refused =
        gateway.send("DELETE", "/me/memberships/" + school.id(), token, "");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(new JsonObject(refused.body()).getString("type")).endsWith("last-admin");
    assertThat(roles(token)).hasSize(2);

    school.member("admin");

    assertThat(leave(token, school.id())).isEqualTo(204);
    assertThat(Outbox.events("role.ended", school.id())).hasSize(2);
  }

  @Test
  @DisplayName("A token for one school is enough to leave the other; its log alone is told")
  void theOtherSchool() {
    SampleSchool other = SampleSchool.onboard(gateway);
    Person teacher = school.member("teacher");
    String invitation =
        new JsonObject(
                gateway
                    .post(
                        "/schools/" + other.id() + "/invitations",
                        other.adminToken(),
                        teacher.invitation("data-protection"))
                    .body())
            .getString("id");
    String token = gateway.signIn(teacher);
    gateway.send("POST", "/me/invitations/" + invitation + "/acceptance", token, "");

    assertThat(leave(token, other.id())).isEqualTo(204);

    assertThat(roles(gateway.signIn(teacher))).hasSize(1);
    assertThat(Outbox.events("role.ended", other.id())).hasSize(1);
    assertThat(Outbox.events("role.ended", school.id())).isEmpty();
  }

  @Test
  @DisplayName("Nobody leaves a school that they don't belong to")
  void notTheirs() {
    SampleSchool other = SampleSchool.onboard(gateway);
    String token = gateway.signIn(school.member("teacher"));

    assertThat(leave(token, other.id())).isEqualTo(404);
    assertThat(leave(token, UUID.randomUUID())).isEqualTo(404);
    assertThat(gateway.send("DELETE", "/me/memberships/" + school.id(), null, "").statusCode())
        .isEqualTo(401);
    assertThat(roles(token)).hasSize(1);
    assertThat(roles(other.adminToken())).hasSize(1);
  }

  @Test
  @DisplayName("A school that invites again binds nobody who left it: that waits to be accepted")
  void notBoundAgain() {
    Person teacher = school.member("teacher");
    assertThat(leave(gateway.signIn(teacher), school.id())).isEqualTo(204);
    HttpResponse<String> invited =
        gateway.post(
            "/schools/" + school.id() + "/invitations",
            school.adminToken(),
            teacher.invitation("teacher"));
    String invitation = new JsonObject(invited.body()).getString("id");

    String token = gateway.signIn(teacher);

    assertThat(Gateway.claims(token).getString("role")).isEqualTo("invited");
    assertThat(
            gateway
                .send("POST", "/me/invitations/" + invitation + "/acceptance", token, "")
                .statusCode())
        .isEqualTo(200);
    assertThat(Gateway.claims(gateway.signIn(teacher)).getString("role")).isEqualTo("teacher");
  }

  @Test
  @DisplayName("A role that the school ended does not come back by a second, older invitation")
  void noSecondInvitation() {
    Person teacher = school.invited("teacher");
    gateway.post(
        "/schools/" + school.id() + "/invitations",
        school.adminToken(),
        teacher.invitation("teacher"));
    UUID account = school.accountOf(teacher);
    String path = "/schools/" + school.id() + "/accounts/" + account + "/roles/teacher";
    assertThat(gateway.send("DELETE", path, school.adminToken(), "").statusCode()).isEqualTo(204);

    assertThat(gateway.exchange(teacher.idToken(), Map.of()).statusCode()).isEqualTo(400);
  }

  private int leave(String token, UUID from) {
    return gateway.send("DELETE", "/me/memberships/" + from, token, "").statusCode();
  }

  private java.util.List<?> roles(String token) {
    return new JsonObject(gateway.get("/me", token).body()).getJsonArray("memberships").getList();
  }

  private void ends(String token) {
    Instant end = Instant.now().plus(WITHIN);
    while (gateway.get("/me", token).statusCode() != 401) {
      assertThat(Instant.now()).as("still good").isBefore(end);
    }
  }
}
