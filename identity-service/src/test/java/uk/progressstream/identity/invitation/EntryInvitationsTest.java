package uk.progressstream.identity.invitation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
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
  private static final String DUPLICATE = "23505";

  private Gateway gateway;
  private SampleSchool school;

  @BeforeEach
  void onboard() {
    gateway = Gateway.open();
    school = SampleSchool.onboard(gateway);
  }

  @Test
  @Proves("D11")
  @DisplayName("The database binds an invitation to whom it is addressed, and once")
  void bound() throws SQLException {
    Person teacher = school.invited("teacher");
    UUID invitation = invitationOf(teacher);

    assertThat(bound(teacher)).containsExactly(invitation);
    assertThat(bound(teacher)).isEmpty();
    Person second =
        new Person(
            teacher.issuer(), teacher.realm(), teacher.email(), UUID.randomUUID().toString());
    assertThat(bound(second)).isEmpty();
  }

  @Test
  @Proves("D11")
  @DisplayName("The database binds nothing to another provider, organisation, address, or to none")
  void addressedToSomebodyElse() throws SQLException {
    Person teacher = school.invited("teacher");
    String by = "'google'";
    String in = "array['" + teacher.realm() + "']";
    String to = "array['" + teacher.email() + "']";

    assertThat(bind(teacher, "'microsoft'", in, to, false)).isEmpty();
    assertThat(bind(teacher, by, "array['other.example']", to, false)).isEmpty();
    assertThat(bind(teacher, by, "array[]::text[]", to, false)).isEmpty();
    assertThat(bind(teacher, by, in, "array['x" + teacher.email() + "']", false)).isEmpty();
    assertThat(bind(teacher, by, in, "array[]::text[]", false)).isEmpty();
    assertThat(bind(teacher, by, in, "null", false)).isEmpty();
    assertThat(bind(teacher, by, "null", to, false)).isEmpty();
    assertThat(count("account where subject = '" + teacher.subject() + "'")).isZero();
    assertThat(bind(teacher, by, in, to, false)).hasSize(1);
  }

  @Test
  @Proves("D11")
  @DisplayName("A machine takes up the role of a partner system and no other")
  void machines() throws SQLException {
    for (String role : List.of("admin", "teacher", "data-protection", "partner-system")) {
      Person invited = school.invited(role);
      String realm = "array['" + invited.realm() + "']";
      String to = "array['" + invited.email() + "']";

      assertThat(bind(invited, "'google'", realm, to, true))
          .as(role)
          .hasSize(role.equals("partner-system") ? 1 : 0);
    }
  }

  @Test
  @Proves("D11")
  @DisplayName("The database binds no invitation that has expired or was revoked")
  void overOrTakenBack() throws SQLException {
    Person late = school.invited("teacher");
    execute(
        "update invitation set expires_at = clock_timestamp() where invitation_id = '%s'"
            .formatted(invitationOf(late)));
    Person unwanted = school.invited("teacher");
    execute(
        "update invitation set revoked_at = now() where invitation_id = '%s'"
            .formatted(invitationOf(unwanted)));

    assertThat(bound(late)).isEmpty();
    assertThat(bound(unwanted)).isEmpty();
  }

  @Test
  @Proves("D12")
  @DisplayName("The database binds no invitation of a school that left")
  void ofASchoolThatLeft() throws SQLException {
    Person teacher = school.invited("teacher");
    execute("update school set left_at = now() where school_id = '%s'".formatted(school.id()));

    assertThat(bound(teacher)).isEmpty();
  }

  @Test
  @Proves("D9")
  @DisplayName(
      "No invitation is made under the id of another school's, whoever tries; nothing binds by it")
  void aClonedId() throws SQLException {
    SampleSchool other = SampleSchool.onboard(gateway);
    UUID invitation = invitationOf(other.invited("admin"));
    Person accomplice = Person.google(school.admin().realm(), "accomplice");
    SealedScope own = school.seal("identity:manage");

    assertThat(ServiceSql.outcome(own, made(UUID.randomUUID(), accomplice)))
        .as("under an id of its own")
        .isEqualTo("none");
    assertThat(ServiceSql.outcome(own, made(invitation, accomplice))).isEqualTo(DUPLICATE);
    String copy =
        "insert into invitation (school_id, invitation_id, provider, realm, address, role, invited_by)"
            + " select '%s', invitation_id, provider, '%s', '%s', role, invited_by from invitation"
            + " where invitation_id = '%s'";
    assertThatThrownBy(
            () ->
                execute(
                    copy.formatted(
                        school.id(), accomplice.realm(), accomplice.email(), invitation)))
        .as("by the superuser")
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(DUPLICATE));

    assertThat(bound(accomplice)).isEmpty();
    assertThat(count("invitation where invitation_id = '%s'".formatted(invitation))).isEqualTo(1);
    assertThat(count("membership where school_id = '%s' and role = 'admin'".formatted(other.id())))
        .as("the other school's own admin alone")
        .isEqualTo(1);
  }

  /** Makes an invitation of this school under an id. */
  private String made(UUID invitation, Person person) {
    return ("insert into invitation (school_id, invitation_id, provider, realm, address, role)"
            + " values ('%s', '%s', 'google', '%s', '%s', 'admin')")
        .formatted(school.id(), invitation, person.realm(), person.email());
  }

  @Test
  @Proves("D13")
  @DisplayName("The database binds and offers no invitation to an employee's account")
  void employees() throws SQLException {
    Person employee = Person.employee("support");
    gateway.signIn(employee);
    gateway.post(
        "/schools/" + school.id() + "/invitations",
        school.adminToken(),
        employee.invitation("admin"));

    assertThat(bound(employee)).isEmpty();
    assertThat(
            count(
                "invitation_offer o join account a using (account_id) where a.subject = '"
                    + employee.subject()
                    + "'"))
        .isZero();
  }

  private static SealedScope signIn() {
    return TestKit.current().tokens().sealed(Tokens.none(UUID.randomUUID(), OwnScopes.SIGN_IN));
  }

  /** The invitations that the sign-in of a person binds. */
  private static List<UUID> bound(Person person) throws SQLException {
    return bind(
        person,
        "'google'",
        "array['" + person.realm() + "']",
        "array['" + person.email() + "']",
        false);
  }

  private static List<UUID> bind(
      Person person, String provider, String realms, String addresses, boolean machine)
      throws SQLException {
    return ServiceSql.column(
            signIn(),
            "select invitation from entry.bind('%s', %s, '%s', '%s', %s, %s, %s)"
                .formatted(
                    UUID.randomUUID(),
                    provider,
                    Issuers.current().nameOf(Issuers.GOOGLE),
                    person.subject(),
                    realms,
                    addresses,
                    machine))
        .stream()
        .map(UUID::fromString)
        .toList();
  }

  private UUID invitationOf(Person person) throws SQLException {
    try (Connection superuser = TestKit.current().superuser();
        PreparedStatement select =
            superuser.prepareStatement("select invitation_id from invitation where address = ?")) {
      select.setString(1, person.email());
      ResultSet rows = select.executeQuery();
      assertThat(rows.next()).isTrue();
      return rows.getObject(1, UUID.class);
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection superuser = TestKit.current().superuser()) {
      superuser.createStatement().execute(sql);
    }
  }

  private static int count(String what) throws SQLException {
    try (Connection superuser = TestKit.current().superuser();
        ResultSet row = superuser.createStatement().executeQuery("select count(*) from " + what)) {
      row.next();
      return row.getInt(1);
    }
  }
}
