package uk.progressstream.identity.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.Person;
import uk.progressstream.identity.testing.SampleSchool;
import uk.progressstream.provisioning.proof.Proves;

/**
 * Whatever takes access away ends the tokens that were issued, and the next token has what is left.
 */
@QuarkusTest
@Proves("D12")
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
class AccessTakenBackTest {
  private static final Duration WITHIN = Duration.ofSeconds(10);

  private Gateway gateway;
  private SampleSchool school;
  private UUID mathematics;
  private UUID art;
  private Person teacher;
  private UUID account;
  private UUID cluster;

  @BeforeEach
  void onboard() {
    gateway = Gateway.open();
    school = SampleSchool.onboard(gateway);
    mathematics = school.addClass("Ma1");
    art = school.addClass("Ar1");
    teacher = school.member("teacher");
    account = school.accountOf(teacher);
    cluster = school.clusterFor(teacher, mathematics, art);
  }

  @Test
  @DisplayName("Out of a cluster: the token ends within ten seconds, the next one sees nothing")
  void outOfACluster() {
    String token = seesClasses(mathematics, art);

    admin("DELETE", "/clusters/" + cluster + "/accounts/" + account, "", 204);

    ends(token);
    seesClasses();
  }

  @Test
  @DisplayName("A role ends: the token ends within ten seconds, the next sign-in is refused")
  void roleEnds() {
    String token = seesClasses(mathematics, art);

    admin("DELETE", "/schools/" + school.id() + "/accounts/" + account + "/roles/teacher", "", 204);

    ends(token);
    assertThat(gateway.exchange(teacher.idToken(), java.util.Map.of()).statusCode()).isEqualTo(400);
  }

  @Test
  @DisplayName("A role that has no cluster ends: its token ends all the same")
  void roleWithoutAClusterEnds() {
    Person second = school.member("admin");
    UUID theirs = school.accountOf(second);
    String token = gateway.signIn(second);
    assertThat(status(token)).isEqualTo(200);

    admin("DELETE", "/schools/" + school.id() + "/accounts/" + theirs + "/roles/admin", "", 204);

    ends(token);
  }

  @Test
  @DisplayName("A class closes: the token ends within ten seconds, the next one lacks the class")
  void classCloses() {
    String token = seesClasses(mathematics, art);

    admin("DELETE", "/schools/" + school.id() + "/classes/" + art, "", 204);

    ends(token);
    seesClasses(mathematics);
  }

  @Test
  @DisplayName("A class closes that is in a cluster with its whole school: its tokens end too")
  void classOfAWholeSchoolCloses() {
    SampleSchool other = SampleSchool.onboard(gateway);
    UUID theirs = other.addClass("Ma9");
    Person colleague = other.member("teacher");
    UUID both =
        other.propose(
            List.of(SampleSchool.cell(school.id(), null), SampleSchool.cell(other.id(), theirs)));
    admin("POST", "/clusters/" + both + "/approvals", "", 200);
    other.assign(both, colleague);
    String token = gateway.signIn(colleague);
    assertThat(classes(token)).contains(art.toString());

    admin("DELETE", "/schools/" + school.id() + "/classes/" + art, "", 204);

    ends(token);
    assertThat(classes(gateway.signIn(colleague)))
        .containsExactlyInAnyOrder(mathematics.toString(), theirs.toString());
  }

  @Test
  @DisplayName("A cluster closes: the token ends within ten seconds, the next one sees nothing")
  void clusterCloses() {
    String token = seesClasses(mathematics, art);

    admin("DELETE", "/clusters/" + cluster, "", 204);
    admin("DELETE", "/clusters/" + cluster, "", 204);

    ends(token);
    seesClasses();
  }

  @Test
  @DisplayName("The other school withdraws its approval: tokens of both schools' teachers end")
  void approvalWithdrawn() {
    SampleSchool other = SampleSchool.onboard(gateway);
    UUID theirs = other.addClass("Ma9");
    UUID both =
        school.propose(
            List.of(
                SampleSchool.cell(school.id(), mathematics),
                SampleSchool.cell(other.id(), theirs)));
    as(other.adminToken(), "POST", "/clusters/" + both + "/approvals", "", 200);
    school.assign(both, teacher);
    String token = seesClasses(mathematics, art, theirs);

    as(other.adminToken(), "DELETE", "/clusters/" + both + "/approvals", "", 200);

    ends(token);
    seesClasses(mathematics, art);
  }

  @Test
  @DisplayName("A school leaves: nobody's token or sign-in is good there; others' clusters go on")
  void schoolLeaves() {
    SampleSchool other = SampleSchool.onboard(gateway);
    UUID theirs = other.addClass("Ma9");
    Person colleague = other.member("teacher");
    UUID both =
        other.propose(
            List.of(
                SampleSchool.cell(school.id(), mathematics),
                SampleSchool.cell(other.id(), theirs)));
    admin("POST", "/clusters/" + both + "/approvals", "", 200);
    other.assign(both, colleague);
    String token = seesClasses(mathematics, art);
    String theirToken = gateway.signIn(colleague);
    String admin = school.adminToken();
    String departure = new JsonObject().put("urn", urn(admin)).encode();
    as(admin, "POST", "/schools/" + school.id() + "/departure", "{\"urn\":\"other\"}", 409);
    as(admin, "POST", "/schools/" + school.id() + "/departure", "{}", 400);
    as(other.adminToken(), "POST", "/schools/" + school.id() + "/departure", departure, 404);

    as(admin, "POST", "/schools/" + school.id() + "/departure", departure, 204);

    ends(token);
    ends(theirToken);
    ends(admin);
    assertThat(gateway.exchange(teacher.idToken(), java.util.Map.of()).statusCode()).isEqualTo(400);
    assertThat(gateway.exchange(school.admin().idToken(), java.util.Map.of()).statusCode())
        .isEqualTo(400);
    assertThat(classes(gateway.signIn(colleague))).containsExactly(theirs.toString());
    String support = gateway.signIn(Person.employee("support"));
    String wish =
        new JsonObject().put("school", school.id().toString()).put("reason", "left").encode();
    as(support, "PUT", "/employee-session", wish, 404);
  }

  @Test
  @DisplayName("A school leaves: the employee who is there is out at once")
  void employeeOfASchoolThatLeaves() {
    String wish =
        new JsonObject().put("school", school.id().toString()).put("reason", "ticket").encode();
    as(gateway.signIn(Person.employee("support")), "PUT", "/employee-session", wish, 200);
    String there = gateway.signIn(Person.employee("support"));
    assertThat(status(there)).isEqualTo(200);

    depart();

    assertThat(status(there)).isEqualTo(401);
  }

  @Test
  @DisplayName("A school leaves: the clusters that it made close, for the others in them too")
  void clustersOfASchoolThatLeaves() {
    SampleSchool other = SampleSchool.onboard(gateway);
    UUID theirs = other.addClass("Ma9");
    Person colleague = other.member("teacher");
    UUID both =
        school.propose(
            List.of(
                SampleSchool.cell(school.id(), mathematics),
                SampleSchool.cell(other.id(), theirs)));
    as(other.adminToken(), "POST", "/clusters/" + both + "/approvals", "", 200);
    other.assign(both, colleague);
    String token = gateway.signIn(colleague);
    assertThat(classes(token)).contains(theirs.toString());

    depart();

    ends(token);
    assertThat(classes(gateway.signIn(colleague))).isEmpty();
  }

  @Test
  @DisplayName("A token that is issued right after a loss is good, in the same second too")
  void atOnceGoodAgain() {
    for (int i = 0; i < 5; i++) {
      admin("DELETE", "/clusters/" + cluster + "/accounts/" + account, "", 204);
      String next = gateway.signIn(teacher);
      assertThat(status(next)).isEqualTo(200);
      admin("PUT", "/clusters/" + cluster + "/accounts/" + account, "", 200);
    }
  }

  private String seesClasses(UUID... classes) {
    String token = gateway.signIn(teacher);
    assertThat(status(token)).isEqualTo(200);
    assertThat(classes(token))
        .containsExactlyInAnyOrder(
            java.util.Arrays.stream(classes).map(UUID::toString).toArray(String[]::new));
    return token;
  }

  private static List<String> classes(String token) {
    String text = Gateway.claims(token).getString("ps_scope");
    String cells = text.substring(text.lastIndexOf('|') + 1);
    return java.util.Arrays.stream(cells.split(","))
        .filter(cell -> cell.contains("/"))
        .map(cell -> cell.substring(cell.indexOf('/') + 1))
        .toList();
  }

  private void ends(String token) {
    Instant end = Instant.now().plus(WITHIN);
    while (status(token) != 401) {
      assertThat(Instant.now()).as("still good").isBefore(end);
    }
  }

  private int status(String token) {
    return gateway.get("/me", token).statusCode();
  }

  private void depart() {
    String admin = school.adminToken();
    String departure = new JsonObject().put("urn", urn(admin)).encode();
    as(admin, "POST", "/schools/" + school.id() + "/departure", departure, 204);
  }

  private String urn(String admin) {
    return new JsonObject(gateway.get("/schools", admin).body())
        .getJsonArray("items")
        .getJsonObject(0)
        .getString("urn");
  }

  private void admin(String method, String path, String json, int status) {
    as(school.adminToken(), method, path, json, status);
  }

  private void as(String token, String method, String path, String json, int status) {
    HttpResponse<String> answer = gateway.send(method, path, token, json);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
  }
}
