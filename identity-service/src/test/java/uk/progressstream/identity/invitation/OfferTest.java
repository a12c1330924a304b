package uk.progressstream.identity.invitation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.Person;
import uk.progressstream.identity.testing.SampleSchool;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.TestKit;

/** An offer is for the account whose sign-in it fitted, and for as long as all of it is true. */
@QuarkusTest
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
@Proves("D11")
class OfferTest {
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
  @DisplayName("Nobody sees or accepts what was not offered to their own sign-in")
  void notTheirs() {
    Person teacher = school.member("teacher");
    UUID invitation = invited.by(stranger, teacher, "admin");
    String token = gateway.signIn(teacher);
    String colleague = gateway.signIn(school.member("teacher"));
    String inviter = stranger.adminToken();

    for (String other : List.of(colleague, inviter, school.adminToken())) {
      assertThat(invited.waiting(other)).isEmpty();
      invited.accept(other, invitation, 404);
    }
    invited.accept(token, UUID.randomUUID(), 404);
    assertThat(gateway.get("/me/invitations", null).statusCode()).isEqualTo(401);
    invited.accept(token, invitation, 200);
  }

  @Test
  @DisplayName("The account under another address sees nothing of an invitation to the old one")
  void anotherAddress() throws SQLException {
    Person teacher = school.member("teacher");
    UUID invitation = invited.by(stranger, teacher, "admin");
    Person renamed =
        new Person(teacher.issuer(), teacher.realm(), "new@people.example", teacher.subject());
    String token = gateway.signIn(renamed);

    assertThat(invited.waiting(token)).isEmpty();
    invited.accept(token, invitation, 404);

    gateway.signIn(teacher);
    assertThat(invited.waiting(token)).as("once proven").hasSize(1);
    sql("update invitation_offer set proven_at = proven_at - interval '10 minutes'");
    assertThat(invited.waiting(token)).as("proven too long ago").isEmpty();
    invited.accept(token, invitation, 404);
  }

  @Test
  @DisplayName("What was revoked, expired, readdressed or left behind meanwhile is not accepted")
  void lookedAtAnew() throws SQLException {
    Person teacher = school.member("teacher");
    UUID invitation = invited.by(stranger, teacher, "admin");
    String token = gateway.signIn(teacher);
    Map<String, String> changes =
        Map.of(
            "update invitation set revoked_at = now()", "update invitation set revoked_at = null",
            "update invitation set expires_at = clock_timestamp()",
                "update invitation set expires_at = now() + interval '1 day'",
            "update invitation set realm = realm || '.uk'",
                "update invitation set realm = '" + teacher.realm() + "'",
            "update invitation set address = 'x' || address",
                "update invitation set address = '" + teacher.email() + "'",
            "update invitation set provider = 'microsoft'",
                "update invitation set provider = 'google'",
            "update school set left_at = now()", "update school set left_at = null");
    String here = " where school_id = '" + stranger.id() + "'";
    String one = here + " and invitation_id = '" + invitation + "'";
    for (Map.Entry<String, String> change : changes.entrySet()) {
      String where = change.getKey().contains("school set") ? here : one;
      sql(change.getKey() + where);

      assertThat(invited.waiting(token)).as(change.getKey()).isEmpty();
      invited.accept(token, invitation, 404);

      sql(change.getValue() + where);
      assertThat(invited.waiting(token)).as("control").hasSize(1);
    }
    invited.accept(token, invitation, 200);
  }

  @Test
  @DisplayName("The list has pages")
  void pages() {
    Person teacher = school.member("teacher");
    for (String role : List.of("admin", "teacher", "data-protection")) {
      invited.by(stranger, teacher, role);
    }
    String token = gateway.signIn(teacher);

    JsonObject page = invited.get("/me/invitations?limit=2", token);
    JsonObject rest = invited.get("/me/invitations?limit=2&after=" + page.getString("next"), token);

    assertThat(page.getJsonArray("items")).hasSize(2);
    assertThat(rest.getJsonArray("items")).hasSize(1);
    assertThat(rest.getValue("next")).isNull();
  }

  private static void sql(String statement) throws SQLException {
    try (Connection superuser = TestKit.current().superuser()) {
      superuser.createStatement().execute(statement);
    }
  }
}
