package uk.progressstream.identity.me;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.Person;
import uk.progressstream.identity.testing.SampleSchool;

@QuarkusTest
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
class MeTest {
  private Gateway gateway;
  private SampleSchool school;

  @BeforeEach
  void onboard() {
    gateway = Gateway.open();
    school = SampleSchool.onboard(gateway);
  }

  @Test
  void anAdminSeesTheSchool() {
    JsonObject me = me(school.adminToken());

    assertThat(me.getJsonArray("roles")).containsExactly("admin");
    assertThat(me.getJsonArray("permissions")).contains("identity:manage");
    JsonObject inScope = me.getJsonArray("schools").getJsonObject(0);
    assertThat(inScope.getString("id")).isEqualTo(school.id().toString());
    assertThat(inScope.getBoolean("whole")).isTrue();
    assertThat(me.getValue("employeeSession")).isNull();
    assertThat(me.containsKey("employeeSession")).isTrue();
  }

  @Test
  @DisplayName("A teacher sees, cluster by cluster, what it gives and what it waits for")
  void aTeacherSeesWhy() {
    SampleSchool other = SampleSchool.onboard(gateway);
    UUID first = school.addClass("10A");
    Person teacher = school.member("teacher");
    UUID works = school.clusterFor(teacher, first);
    UUID waits =
        school.propose(
            List.of(SampleSchool.cell(school.id(), first), SampleSchool.cell(other.id(), null)));
    school.assign(waits, teacher);

    JsonObject me = me(gateway.signIn(teacher));

    assertThat(me.getJsonArray("schools").getJsonObject(0).getJsonArray("classes"))
        .containsExactly(first.toString());
    assertThat(cluster(me, works).getBoolean("works")).isTrue();
    assertThat(cluster(me, works).getJsonArray("waitsFor")).isEmpty();
    assertThat(cluster(me, waits).getBoolean("works")).isFalse();
    assertThat(cluster(me, waits).getJsonArray("waitsFor")).containsExactly(other.id().toString());
    assertThat(cluster(me, waits).fieldNames()).doesNotContain("accounts");
  }

  @Test
  void aTeacherWithoutAClusterSeesThatThereIsNone() {
    JsonObject me = me(gateway.signIn(school.member("teacher")));

    assertThat(me.getJsonArray("schools")).isEmpty();
    assertThat(me.getJsonArray("clusters")).isEmpty();
    assertThat(me.getJsonArray("memberships").getJsonObject(0).getString("school"))
        .isEqualTo(school.id().toString());
  }

  @Test
  void anEmployeeSeesTheSession() {
    Person employee = Person.employee("everything");
    String body =
        new JsonObject()
            .put("school", school.id().toString())
            .put("reason", "support ticket")
            .encode();
    gateway.send("PUT", "/employee-session", gateway.signIn(employee), body);

    JsonObject me = me(gateway.signIn(employee));

    assertThat(me.getJsonObject("employeeSession").getString("school"))
        .isEqualTo(school.id().toString());
    assertThat(me.getJsonArray("schools")).hasSize(1);
    gateway.send("DELETE", "/employee-session", gateway.signIn(employee), "");
  }

  @Test
  void withoutATokenNobody() {
    assertThat(gateway.get("/me", null).statusCode()).isEqualTo(401);
    assertThat(gateway.get("/me", "nonsense").statusCode()).isEqualTo(401);
  }

  private JsonObject me(String token) {
    var answer = gateway.get("/me", token);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  private static JsonObject cluster(JsonObject me, UUID id) {
    return me.getJsonArray("clusters").stream()
        .map(JsonObject.class::cast)
        .filter(cluster -> cluster.getString("id").equals(id.toString()))
        .findFirst()
        .orElseThrow();
  }
}
