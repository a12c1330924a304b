package uk.progressstream.identity.invitation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.Person;
import uk.progressstream.identity.testing.SampleSchool;
import uk.progressstream.identity.testing.ServiceSql;
import uk.progressstream.provisioning.testing.TestKit;

/** What one school may heap up for people of another. */
@QuarkusTest
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
class WithoutEndTest {
  private static final int INVITATIONS_MAX = 2000;
  private static final int PROPOSALS_MAX = 200;

  private final Gateway gateway = Gateway.open();
  private SampleSchool school;
  private SampleSchool other;

  @BeforeEach
  void onboard() {
    school = SampleSchool.onboard(gateway);
    other = SampleSchool.onboard(gateway);
  }

  @Test
  @DisplayName("A school has so many open invitations and no more; one that is over makes room")
  void invitations() throws SQLException {
    UUID last = invited();
    fill(INVITATIONS_MAX - 2, "interval '1 day'");
    fill(10, "interval '-1 day'");

    assertThat(invite().statusCode()).isEqualTo(201);
    HttpResponse<String> tooMany = invite();
    assertThat(tooMany.statusCode()).isEqualTo(409);
    assertThat(tooMany.body()).contains("too-many-invitations");
    assertThat(other.invited("teacher")).isNotNull();

    String open = "/schools/" + school.id() + "/invitations/" + last;
    assertThat(gateway.send("DELETE", open, school.adminToken(), "").statusCode()).isEqualTo(204);
    assertThat(invite().statusCode()).isEqualTo(201);
  }

  @Test
  @DisplayName("So many of a school's clusters wait for others or were closed just now; no more")
  void proposals() {
    for (int i = 0; i < PROPOSALS_MAX; i++) {
      HttpResponse<String> proposed = propose();
      assertThat(proposed.statusCode()).isEqualTo(201);
      if (i % 2 == 0) {
        String id = new JsonObject(proposed.body()).getString("id");
        assertThat(gateway.send("DELETE", "/clusters/" + id, school.adminToken(), "").statusCode())
            .isEqualTo(204);
      }
    }

    HttpResponse<String> tooMany = propose();
    assertThat(tooMany.statusCode()).isEqualTo(409);
    assertThat(tooMany.body()).contains("too-many-clusters");
    assertThat(clustersOf(other)).as("those that are still open").isEqualTo(PROPOSALS_MAX / 2);
    JsonArray own = new JsonArray().add(SampleSchool.cell(school.id(), null));
    assertThat(propose(own).statusCode()).as("a cluster of one's own").isEqualTo(201);
  }

  @Test
  @DisplayName("Nobody locks an invitation, which whoever it invites would wait for")
  void locks() throws SQLException {
    UUID invitation = invited();

    assertThat(
            ServiceSql.outcome(
                school.seal("identity:manage"),
                "select 1 from invitation where invitation_id = '" + invitation + "' for update"))
        .isEqualTo("42501");
  }

  private int clustersOf(SampleSchool whose) {
    String page = gateway.get("/clusters?limit=200", whose.adminToken()).body();
    return new JsonObject(page).getJsonArray("items").size();
  }

  private UUID invited() {
    return UUID.fromString(new JsonObject(invite().body()).getString("id"));
  }

  private HttpResponse<String> invite() {
    Person person = Person.google("people.example", "somebody-" + UUID.randomUUID());
    return gateway.post(
        "/schools/" + school.id() + "/invitations",
        school.adminToken(),
        person.invitation("teacher"));
  }

  private HttpResponse<String> propose() {
    return propose(
        new JsonArray()
            .add(SampleSchool.cell(school.id(), null))
            .add(SampleSchool.cell(other.id(), null)));
  }

  private HttpResponse<String> propose(JsonArray cells) {
    String body = new JsonObject().put("name", "Shared").put("cells", cells).encode();
    return gateway.post("/clusters", school.adminToken(), body);
  }

  private void fill(int count, String lasts) throws SQLException {
    try (Connection superuser = TestKit.current().superuser()) {
      superuser
          .createStatement()
          .execute(
              ("insert into invitation (school_id, invitation_id, provider, realm, address, role,"
                      + " invited_by, expires_at) select '%s', gen_random_uuid(), 'google',"
                      + " 'people.example', 'one@people.example', 'teacher', gen_random_uuid(),"
                      + " now() + %s from generate_series(1, %d)")
                  .formatted(school.id(), lasts, count));
    }
  }
}
