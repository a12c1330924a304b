package uk.progressstream.identity.invitation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.identity.seal.OwnScopes;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.Issuers;
import uk.progressstream.identity.testing.Person;
import uk.progressstream.identity.testing.SampleSchool;
import uk.progressstream.identity.testing.ServiceSql;
import uk.progressstream.platform.scope.SealedScope;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

/** What the database makes of an invitation by itself, the service's own rules left out. */
@QuarkusTest
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
class EntryInvitationsTest {
  private Gateway gateway;
  private SampleSchool school;

  @BeforeEach
  void onboard() {
    gateway = Gateway.open();
    school = SampleSchool.onboard(gateway);
  }

  @Test
  @Proves("D11")
  @DisplayName("The database offers nobody an invitation that has expired")
  void expiredIsNotOffered() throws SQLException {
    Person teacher = school.invited("teacher");
    UUID invitation = invitationOf(teacher);
    assertThat(offered(teacher)).containsExactly(invitation);
    expire(invitation);

    assertThat(offered(teacher)).isEmpty();
  }

  @Test
  @Proves("D11")
  @DisplayName("The database binds no invitation that has expired, whatever the service asks")
  void expiredIsNotBound() throws SQLException {
    Person teacher = school.invited("teacher");
    UUID invitation = invitationOf(teacher);
    expire(invitation);

    assertThat(bound(teacher, invitation)).isEmpty();
  }

  @Test
  @Proves("D11")
  @DisplayName("The database binds an open invitation once, and a revoked one not at all")
  void boundOnce() throws SQLException {
    Person open = school.invited("teacher");
    UUID taken = invitationOf(open);
    Person other = school.invited("teacher");
    UUID revoked = invitationOf(other);
    execute(
        "update invitation set revoked_at = now() where invitation_id = '%s'".formatted(revoked));

    assertThat(bound(open, taken)).containsExactly(taken);
    assertThat(bound(other, taken)).isEmpty();
    assertThat(bound(other, revoked)).isEmpty();
  }

  @Test
  @Proves("D12")
  @DisplayName("The database binds no invitation of a school that left, whatever the service asks")
  void ofASchoolThatLeft() throws SQLException {
    Person teacher = school.invited("teacher");
    UUID invitation = invitationOf(teacher);
    String admin = school.adminToken();
    String urn =
        new JsonObject(gateway.get("/schools", admin).body())
            .getJsonArray("items")
            .getJsonObject(0)
            .getString("urn");
    String departure = new JsonObject().put("urn", urn).encode();
    assertThat(
            gateway.post("/schools/" + school.id() + "/departure", admin, departure).statusCode())
        .isEqualTo(204);

    assertThat(bound(teacher, invitation)).isEmpty();
  }

  @Test
  @Proves("D13")
  @DisplayName(
      "The database binds no invitation to an employee's account, whatever the service asks")
  void employees() throws SQLException {
    Person employee = Person.employee("support");
    gateway.signIn(employee);
    UUID invitation = invitationOf(school.invited("admin"));

    ServiceSql.refused(List.of(signIn()), bind(employee, invitation));
  }

  private static SealedScope signIn() {
    return TestKit.current().tokens().sealed(Tokens.none(UUID.randomUUID(), OwnScopes.SIGN_IN));
  }

  private List<UUID> offered(Person person) throws SQLException {
    String standing =
        ServiceSql.column(
                signIn(),
                "select entry.standing('google', '%s', '%s', array['%s'])"
                    .formatted(realm(), person.subject(), person.email()))
            .get(0);
    return new JsonObject(standing)
        .getJsonArray("invitations").stream()
            .map(each -> UUID.fromString(((JsonObject) each).getString("id")))
            .toList();
  }

  private List<UUID> bound(Person person, UUID invitation) throws SQLException {
    return ServiceSql.column(signIn(), bind(person, invitation)).stream()
        .map(UUID::fromString)
        .toList();
  }

  private static String bind(Person person, UUID invitation) {
    return "select invitation from entry.bind('%s', 'google', '%s', '%s', array['%s']::uuid[])"
        .formatted(UUID.randomUUID(), realm(), person.subject(), invitation);
  }

  /** What Google's accounts are keyed on besides their subject. */
  private static String realm() {
    return Issuers.current().nameOf(Issuers.GOOGLE);
  }

  private UUID invitationOf(Person person) throws SQLException {
    try (Connection superuser = TestKit.current().superuser();
        PreparedStatement select =
            superuser.prepareStatement(
                "select invitation_id from invitation where school_id = ? and address = ?")) {
      select.setObject(1, school.id());
      select.setString(2, person.email());
      ResultSet rows = select.executeQuery();
      assertThat(rows.next()).isTrue();
      return rows.getObject(1, UUID.class);
    }
  }

  private static void expire(UUID invitation) throws SQLException {
    execute(
        "update invitation set invited_at = invited_at - interval '14 days',"
            + " expires_at = expires_at - interval '14 days' where invitation_id = '"
            + invitation
            + "'");
  }

  private static void execute(String sql) throws SQLException {
    try (Connection superuser = TestKit.current().superuser()) {
      superuser.createStatement().execute(sql);
    }
  }
}
