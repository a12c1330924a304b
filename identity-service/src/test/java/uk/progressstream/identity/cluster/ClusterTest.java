package uk.progressstream.identity.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.progressstream.identity.testing.SampleSchool.cell;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.Outbox;
import uk.progressstream.identity.testing.Person;
import uk.progressstream.identity.testing.SampleSchool;
import uk.progressstream.platform.scope.ClassCell;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.platform.scope.ScopeKind;
import uk.progressstream.platform.scope.ScopeText;
import uk.progressstream.provisioning.proof.Proves;

@QuarkusTest
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
@Proves("D12")
class ClusterTest {
  private Gateway gateway;
  private SampleSchool a;
  private SampleSchool b;
  private UUID a1;
  private UUID a2;
  private UUID b1;
  private Person teacher;

  @BeforeEach
  void onboard() {
    gateway = Gateway.open();
    a = SampleSchool.onboard(gateway);
    b = SampleSchool.onboard(gateway);
    a1 = a.addClass("10A");
    a2 = a.addClass("10B");
    b1 = b.addClass("10A");
    teacher = a.member("teacher");
  }

  @Test
  @DisplayName(
      "A teacher without a cluster sees nothing; the next token after the assignment holds its classes")
  void assignment() {
    assertThat(scope().kind()).isEqualTo(ScopeKind.NONE);

    a.clusterFor(teacher, a1);

    assertThat(classes()).containsExactly(new ClassCell(a.id(), a1));
  }

  @Test
  @DisplayName(
      "The next token after a removal holds nothing of the cluster, and a second cluster stays")
  void removal() {
    UUID first = a.clusterFor(teacher, a1);
    a.clusterFor(teacher, a2);
    assertThat(classes()).hasSize(2);

    String path = "/clusters/" + first + "/accounts/" + a.accountOf(teacher);
    assertThat(gateway.send("DELETE", path, a.adminToken(), "").statusCode()).isEqualTo(204);

    assertThat(classes()).containsExactly(new ClassCell(a.id(), a2));
    assertThat(gateway.send("DELETE", path, a.adminToken(), "").statusCode()).isEqualTo(204);
    assertThat(Outbox.events("cluster.account-removed", a.id())).hasSize(1);
  }

  @Test
  @DisplayName(
      "A cluster over two schools gives nothing, of neither, until the other school's admin has agreed")
  void twoSchools() {
    UUID cluster = a.propose(List.of(cell(a.id(), a1), cell(b.id(), b1)));
    a.assign(cluster, teacher);
    assertThat(scope().kind()).isEqualTo(ScopeKind.NONE);

    approve(cluster, b.adminToken());

    assertThat(classes())
        .containsExactlyInAnyOrder(new ClassCell(a.id(), a1), new ClassCell(b.id(), b1));
  }

  @Test
  @DisplayName("Agreement that is taken back takes effect on the next token")
  void agreementTakenBack() {
    UUID cluster = a.propose(List.of(cell(a.id(), a1), cell(b.id(), b1)));
    a.assign(cluster, teacher);
    approve(cluster, b.adminToken());

    HttpResponse<String> answer =
        gateway.send("DELETE", "/clusters/" + cluster + "/approvals", b.adminToken(), "");

    assertThat(new JsonObject(answer.body()).getBoolean("works")).isFalse();
    assertThat(scope().kind()).isEqualTo(ScopeKind.NONE);
  }

  @Test
  @DisplayName("An admin agrees for the own school alone, however often")
  void nobodyAgreesForAnother() {
    UUID cluster = a.propose(List.of(cell(a.id(), a1), cell(b.id(), b1)));
    a.assign(cluster, teacher);

    approve(cluster, a.adminToken());
    approve(cluster, a.adminToken());

    assertThat(scope().kind()).isEqualTo(ScopeKind.NONE);
    assertThat(Outbox.events("cluster.approved", a.id())).isEmpty();
  }

  @Test
  @DisplayName("An admin of a third school neither sees, approves nor assigns the cluster")
  void outsiders() {
    UUID cluster = a.propose(List.of(cell(a.id(), a1), cell(b.id(), b1)));
    SampleSchool c = SampleSchool.onboard(gateway);
    Person other = c.member("teacher");
    String path = "/clusters/" + cluster;

    assertThat(gateway.get(path, c.adminToken()).statusCode()).isEqualTo(404);
    assertThat(gateway.get("/clusters", c.adminToken()).body()).doesNotContain(cluster.toString());
    assertThat(gateway.post(path + "/approvals", c.adminToken(), "").statusCode()).isEqualTo(404);
    for (String method : List.of("PUT", "DELETE")) {
      assertThat(
              gateway
                  .send(method, path + "/accounts/" + c.accountOf(other), c.adminToken(), "")
                  .statusCode())
          .isEqualTo(404);
    }
  }

  @Test
  @DisplayName("An admin assigns teachers of the own school alone, and no other role")
  void onlyOwnTeachers() {
    UUID cluster = a.propose(List.of(cell(a.id(), a1), cell(b.id(), b1)));
    for (UUID account :
        List.of(
            b.accountOf(b.member("teacher")),
            a.accountOf(a.member("data-protection")),
            UUID.randomUUID())) {
      HttpResponse<String> answer =
          gateway.send("PUT", "/clusters/" + cluster + "/accounts/" + account, a.adminToken(), "");
      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(answer.body()).contains("urn:progress-stream:problem:no-teacher");
    }
  }

  @Test
  @DisplayName("The other school's admin takes the cluster from an account of the first school's")
  void eitherSideEndsIt() {
    UUID cluster = a.propose(List.of(cell(a.id(), a1), cell(b.id(), b1)));
    a.assign(cluster, teacher);
    approve(cluster, b.adminToken());

    String path = "/clusters/" + cluster + "/accounts/" + a.accountOf(teacher);
    assertThat(gateway.send("DELETE", path, b.adminToken(), "").statusCode()).isEqualTo(204);

    assertThat(scope().kind()).isEqualTo(ScopeKind.NONE);
  }

  @Test
  @DisplayName("A class that has closed is in no later token")
  void closedClass() {
    a.clusterFor(teacher, a1, a2);

    gateway.send("DELETE", "/schools/" + a.id() + "/classes/" + a1, a.adminToken(), "");

    assertThat(classes()).containsExactly(new ClassCell(a.id(), a2));
  }

  @Test
  @DisplayName("A cluster of a whole school gives the school, with a teacher's permissions")
  void wholeSchool() {
    UUID cluster = a.propose(List.of(cell(a.id(), null)));
    a.assign(cluster, teacher);

    assertThat(scope().kind()).isEqualTo(ScopeKind.SCHOOL);
    assertThat(scope().schools()).containsExactly(a.id());
    assertThat(scope().permissions()).doesNotContain("identity:manage", "sensitive:read");
  }

  @Test
  @DisplayName("Each change is in the log of every school in the cluster, whoever made it")
  void changesAreRecorded() {
    UUID cluster = a.propose(List.of(cell(a.id(), a1), cell(b.id(), b1)));
    a.assign(cluster, teacher);
    approve(cluster, b.adminToken());

    for (UUID school : List.of(a.id(), b.id())) {
      for (String kind : List.of("cluster.proposed", "cluster.account-added", "cluster.approved")) {
        List<JsonObject> events = Outbox.events(kind, school);
        assertThat(events).as(kind).hasSize(1);
        assertThat(events.get(0).getString("concerns")).isEqualTo(cluster.toString());
      }
      assertThat(
              Outbox.events("cluster.account-added", school)
                  .get(0)
                  .getJsonObject("filter")
                  .getString("account"))
          .isEqualTo(a.accountOf(teacher).toString());
    }
  }

  @Test
  void aClusterThatMakesNoSenseIsExplained() {
    for (String bad :
        List.of(
            "",
            "{}",
            "{\"name\":\"x\",\"cells\":[]}",
            "{\"name\":\"x\",\"cells\":[{}]}",
            "{\"name\":\"x\",\"cells\":[null]}",
            "{\"name\":\"x\",\"cells\":[{\"school\":\"" + b.id() + "\"}]}",
            "{\"name\":\"x\",\"cells\":[{\"school\":\""
                + a.id()
                + "\",\"class\":\""
                + b1
                + "\"}]}")) {
      HttpResponse<String> answer = gateway.send("POST", "/clusters", a.adminToken(), bad);
      assertThat(answer.statusCode()).as(bad + answer.body()).isIn(400, 415);
    }
  }

  @Test
  void aTeacherManagesNothing() {
    a.clusterFor(teacher, a1);
    String token = gateway.signIn(teacher);

    assertThat(gateway.get("/clusters", token).statusCode()).isEqualTo(404);
    assertThat(gateway.get("/schools/" + a.id() + "/accounts", token).statusCode()).isEqualTo(404);
  }

  private void approve(UUID cluster, String token) {
    HttpResponse<String> answer = gateway.post("/clusters/" + cluster + "/approvals", token, "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private Scope scope() {
    return ScopeText.read(Gateway.claims(gateway.signIn(teacher)).getString("ps_scope"));
  }

  private Set<ClassCell> classes() {
    return scope().classes().stream().collect(Collectors.toSet());
  }
}
