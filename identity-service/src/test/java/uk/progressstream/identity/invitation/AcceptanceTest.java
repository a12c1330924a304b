package uk.progressstream.identity.invitation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.Outbox;
import uk.progressstream.identity.testing.Person;
import uk.progressstream.identity.testing.SampleSchool;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.TestKit;

/** Who has a standing somewhere, or is invited by several schools, decides by themselves. */
@QuarkusTest
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
@Proves("D11")
class AcceptanceTest {
  private Gateway gateway;
  private Invited invited;
  private SampleSchool school;
  private SampleSchool stranger;

  @BeforeEach
  void onboard() {
    gateway = Gateway.open();
    invited = new Invited(gateway);
    school = SampleSchool.onboard(gateway);
    stranger = SampleSchool.onboard(gateway);
  }

  @Test
  @DisplayName("A stranger's school invites a teacher as its admin: the default token stays")
  void theDefaultTokenStays() {
    UUID schoolClass = school.addClass("Ma1");
    Person teacher = school.member("teacher");
    school.clusterFor(teacher, schoolClass);
    String before = Gateway.claims(gateway.signIn(teacher)).getString("ps_scope");
    invited.by(stranger, teacher, "admin");

    JsonObject claims = Gateway.claims(gateway.signIn(teacher));

    assertThat(claims.getString("role")).isEqualTo("teacher");
    assertThat(cells(claims.getString("ps_scope"))).isEqualTo(cells(before));
    assertThat(
            gateway
                .exchange(teacher.idToken(), Map.of("scope", "school:" + stranger.id()))
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  @DisplayName("A stranger's school can't give a teacher more classes than a token holds")
  void theTokenStaysSmall() throws SQLException {
    UUID schoolClass = school.addClass("Ma1");
    Person teacher = school.member("teacher");
    school.clusterFor(teacher, schoolClass);
    UUID account = school.accountOf(teacher);
    List<UUID> many = manyClasses();
    UUID cluster =
        stranger.propose(
            many.stream().map(each -> SampleSchool.cell(stranger.id(), each)).toList());
    UUID invitation = invited.by(stranger, teacher, "teacher");
    String path = "/clusters/" + cluster + "/accounts/" + account;
    gateway.signIn(teacher);

    assertThat(gateway.send("PUT", path, stranger.adminToken(), "").statusCode()).isEqualTo(409);
    assertThat(cells(Gateway.claims(gateway.signIn(teacher)).getString("ps_scope")))
        .isEqualTo(school.id() + "/" + schoolClass);

    // Where the teacher has agreed to belong to that school, the classes of the own school stay.
    invited.accept(gateway.signIn(teacher), invitation, 200);
    assertThat(gateway.send("PUT", path, stranger.adminToken(), "").statusCode()).isEqualTo(200);
    assertThat(cells(Gateway.claims(gateway.signIn(teacher)).getString("ps_scope")))
        .isEqualTo(school.id() + "/" + schoolClass);
  }

  @Test
  @DisplayName("A school that invites first can't keep a newcomer from joining another, or leaving")
  void theFirstSchoolHoldsNobody() throws SQLException {
    Person newcomer = stranger.member("teacher");
    List<UUID> many = manyClasses();
    UUID one = stranger.addClass("One");
    stranger.clusterFor(newcomer, many.toArray(UUID[]::new));
    UUID more = stranger.propose(List.of(SampleSchool.cell(stranger.id(), one)));
    String account = stranger.accountOf(newcomer).toString();
    String path = "/clusters/" + more + "/accounts/" + account;

    HttpResponse<String> refused = gateway.send("PUT", path, stranger.adminToken(), "");

    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("too-many-classes");
    // Even if it could: a whole school that grows has no such limit.
    sql(
        "alter table cluster_account disable trigger few_enough;"
            + " insert into cluster_account (school_id, cluster_id, account_id, assigned_by)"
            + " values ('%s', '%s', '%s', gen_random_uuid());"
                .formatted(stranger.id(), more, account)
            + " alter table cluster_account enable trigger few_enough");
    UUID invitation = invited.by(school, newcomer, "teacher");
    HttpResponse<String> answer = gateway.exchange(newcomer.idToken(), Map.of());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(new JsonObject(answer.body()).getString("scope")).isEqualTo("identity:read");
    String token = gateway.signIn(newcomer, "role:invited");
    assertThat(cells(Gateway.claims(token).getString("ps_scope"))).isEmpty();

    invited.accept(token, invitation, 200);

    assertThat(
            gateway
                .send(
                    "DELETE",
                    "/me/memberships/" + stranger.id(),
                    gateway.signIn(newcomer, "role:invited"),
                    "")
                .statusCode())
        .isEqualTo(204);
    assertThat(invited.get("/me", gateway.signIn(newcomer)).getJsonArray("memberships")).hasSize(1);
  }

  @Test
  @DisplayName(
      "An invitation waits with its school's name, is accepted once, and then gives its role")
  void accepted() {
    Person teacher = school.member("teacher");
    UUID invitation = invited.by(stranger, teacher, "data-protection");
    String token = gateway.signIn(teacher);

    JsonObject waiting = invited.waiting(token).get(0);
    assertThat(waiting.getString("id")).isEqualTo(invitation.toString());
    assertThat(waiting.getString("role")).isEqualTo("data-protection");
    assertThat(waiting.getJsonObject("school").getString("id")).isEqualTo(stranger.id().toString());
    assertThat(waiting.getJsonObject("school").getString("name")).startsWith("School ");
    assertThat(invited.get("/me", token).getInteger("waitingInvitations")).isEqualTo(1);

    JsonObject first = invited.accept(token, invitation, 200);
    JsonObject again = invited.accept(token, invitation, 200);

    assertThat(first.getString("school")).isEqualTo(stranger.id().toString());
    assertThat(first.getString("role")).isEqualTo("data-protection");
    assertThat(again).isEqualTo(first);
    assertThat(invited.waiting(token)).isEmpty();
    assertThat(Outbox.events("invitation.bound", stranger.id()))
        .filteredOn(event -> event.getString("concerns").equals(invitation.toString()))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.getString("actor"))
                    .isEqualTo(school.accountOf(teacher).toString()));
    assertThat(Gateway.claims(gateway.signIn(teacher, "school:" + stranger.id())).getString("role"))
        .isEqualTo("data-protection");
  }

  @Test
  @DisplayName(
      "Two schools invite a newcomer: neither binds, and a token with no school lets accept")
  void aNewcomerOfTwoSchools() {
    Person newcomer = school.invited("teacher");
    UUID theirs = invited.by(stranger, newcomer, "admin");

    String token = gateway.signIn(newcomer);

    JsonObject claims = Gateway.claims(token);
    assertThat(claims.getString("role")).isEqualTo("invited");
    assertThat(cells(claims.getString("ps_scope"))).isEmpty();
    assertThat(invited.get("/me", token).getJsonArray("memberships")).isEmpty();
    assertThat(gateway.get("/schools/" + school.id() + "/classes", token).statusCode())
        .isEqualTo(404);
    JsonObject own =
        invited.waiting(token).stream()
            .filter(each -> !each.getString("id").equals(theirs.toString()))
            .findFirst()
            .orElseThrow();

    invited.accept(token, UUID.fromString(own.getString("id")), 200);

    assertThat(Gateway.claims(gateway.signIn(newcomer)).getString("role")).isEqualTo("teacher");
    assertThat(invited.waiting(gateway.signIn(newcomer)))
        .extracting(each -> each.getString("id"))
        .containsExactly(theirs.toString());
  }

  @Test
  @DisplayName(
      "Of one school a newcomer's first sign-in binds every role; a role held twice is one")
  void severalRolesOfOneSchool() {
    Person newcomer = school.invited("teacher");
    invited.by(school, newcomer, "data-protection");
    invited.by(school, newcomer, "data-protection");

    String token = gateway.signIn(newcomer);

    assertThat(invited.get("/me", token).getJsonArray("memberships")).hasSize(2);
    assertThat(open(school, newcomer)).isEmpty();
  }

  @Test
  @DisplayName("Another role at the school that one belongs to waits as well")
  void anotherRoleWaits() {
    Person teacher = school.member("teacher");
    UUID invitation = invited.by(school, teacher, "admin");

    String token = gateway.signIn(teacher);

    assertThat(Gateway.claims(token).getString("role")).isEqualTo("teacher");
    invited.accept(token, invitation, 200);
    assertThat(Gateway.claims(gateway.signIn(teacher)).getString("role")).isEqualTo("admin");
  }

  private static String cells(String scope) {
    return scope.substring(scope.lastIndexOf('|') + 1);
  }

  private List<UUID> manyClasses() throws SQLException {
    List<UUID> ids = IntStream.range(0, 200).mapToObj(i -> UUID.randomUUID()).toList();
    for (int i = 0; i < ids.size(); i++) {
      sql(
          "insert into school_class (school_id, class_id, code, subject, year_group, created_by)"
              + " values ('%s', '%s', 'C%d', 'Art', '10', gen_random_uuid())"
                  .formatted(stranger.id(), ids.get(i), i));
    }
    return ids;
  }

  private List<JsonObject> open(SampleSchool at, Person person) {
    return invited
        .get("/schools/" + at.id() + "/invitations", at.adminToken())
        .getJsonArray("items")
        .stream()
        .map(JsonObject.class::cast)
        .filter(each -> each.getString("address").equals(person.email()))
        .filter(each -> each.getString("state").equals("open"))
        .toList();
  }

  private static void sql(String statement) throws SQLException {
    try (Connection superuser = TestKit.current().superuser()) {
      superuser.createStatement().execute(statement);
    }
  }
}
