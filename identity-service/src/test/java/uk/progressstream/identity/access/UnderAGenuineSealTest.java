package uk.progressstream.identity.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
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
import uk.progressstream.identity.testing.Meanwhile;
import uk.progressstream.identity.testing.Person;
import uk.progressstream.identity.testing.SampleSchool;
import uk.progressstream.identity.testing.ServiceSql;
import uk.progressstream.platform.scope.SealedScope;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

/** What SQL under a genuine seal could do that the service itself never does. */
@QuarkusTest
@Proves("D12")
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
class UnderAGenuineSealTest {
  private static final String TAKE =
      "select outcome from entry.take_errand('%s', '%s', '%s', 'breach-scope', now() + %s)";
  private static final String A_MINUTE = "interval '1 minute'";

  private final Gateway gateway = Gateway.open();
  private SampleSchool school;

  @BeforeEach
  void onboard() {
    school = SampleSchool.onboard(gateway);
  }

  @Test
  @DisplayName("An officer who names another person's token and account takes nothing back of it")
  void anotherPersonsToken() throws SQLException {
    UUID token = UUID.randomUUID();
    UUID victim = school.accountOf(school.admin());
    SealedScope officer = officer();

    ServiceSql.column(officer, TAKE.formatted(school.id(), token, victim, A_MINUTE));
    ServiceSql.column(officer, TAKE.formatted(school.id(), UUID.randomUUID(), victim, A_MINUTE));

    assertThat(value("select count(*) from revocation where token_id = '%s'", token))
        .as("the control: the errand before was ended")
        .isEqualTo("1");
    assertThat(value("select count(*) from revocation where account_id = '%s'", victim))
        .isEqualTo("0");
  }

  @Test
  @DisplayName("An errand lasts as long as its token could, and no errand ends before it begins")
  void lifeOfAnErrand() throws SQLException {
    for (String life : List.of("interval '1 hour'", "interval '0'", "null", "'infinity'")) {
      String take = TAKE.formatted(school.id(), UUID.randomUUID(), UUID.randomUUID(), life);
      assertThat(ServiceSql.outcome(officer(), take.replace("now() + 'inf", "'inf")))
          .as(life)
          .isEqualTo("22023");
    }
  }

  @Test
  @DisplayName("However often access is taken back, that never counts later than the clock")
  void neverAheadOfTheClock() throws SQLException {
    Person teacher = school.member("teacher");
    UUID account = school.accountOf(teacher);
    school.assign(school.propose(List.of(SampleSchool.cell(school.id(), null))), teacher);
    String manyClasses =
        """
        with made as (
          insert into school_class (school_id, class_id, code, subject, year_group)
            select '%s', gen_random_uuid(), 'M' || n, 'Mathematics', '10' from generate_series(1, 2000) n returning 1)
        select count(*) from made
        """;
    SealedScope admin = school.seal("identity:manage", "identity:read");
    ServiceSql.column(admin, manyClasses.formatted(school.id()));

    ServiceSql.update(
        admin,
        "update school_class set closed_at = now() where school_id = '%s'".formatted(school.id()));

    assertThat(
            value(
                "select count(*) || ' ' || bool_or(revoked_at > clock_timestamp()) from revocation"
                    + " where account_id = '%s'",
                account))
        .isEqualTo("1 false");
  }

  @Test
  @DisplayName("A closed class stays closed, and as it was")
  void closedStaysClosed() throws SQLException {
    UUID closed = school.addClass("Ma1");
    SealedScope admin = school.seal("identity:manage", "identity:read");
    String where = " where class_id = '%s'".formatted(closed);
    String close = "update school_class set closed_at = now()" + where;
    assertThat(ServiceSql.outcome(admin, close)).as("the control").isEqualTo("none");
    ServiceSql.update(admin, close);

    for (String change : List.of("closed_at = null", "closed_at = '2000-01-01'", "code = 'Ma9'")) {
      assertThat(ServiceSql.outcome(admin, "update school_class set " + change + where))
          .as(change)
          .isEqualTo("55000");
    }
  }

  @Test
  @DisplayName(
      "Who becomes staff while they accept an invitation has no school left to their token")
  void staffMeetsAnAcceptance() throws Exception {
    Person person = school.member("teacher");
    UUID account = school.accountOf(person);
    SampleSchool second = SampleSchool.onboard(gateway);
    gateway.post(
        "/schools/" + second.id() + "/invitations",
        second.adminToken(),
        person.invitation("teacher"));
    gateway.signIn(person);
    String offered =
        value("select invitation_id from invitation_offer where account_id = '%s'", account);
    SealedScope own = sealed(account, "identity:read");
    SealedScope signIn = sealed(UUID.randomUUID(), OwnScopes.SIGN_IN);
    String key = "bound " + account;
    try (Connection binding = ServiceSql.open(signIn)) {
      binding
          .createStatement()
          .execute(
              "select entry.bind_staff('%1$s', a.provider, a.realm, a.subject, '%2$s', '{session:take}')"
                      .formatted(account, key)
                  + " from (values %s) a (provider, realm, subject)".formatted(keyOf(account)));

      List<String> accepted =
          Meanwhile.whileOpen(
              binding,
              () ->
                  ServiceSql.column(
                      own, "select school from entry.accept_invitation('%s')".formatted(offered)));

      assertThat(accepted).as("the offer is over").isEmpty();
    } finally {
      value(
          "with gone as (delete from staff where account_id = '%s' returning 1) select count(*) from gone",
          account);
    }
  }

  private SealedScope officer() {
    String dpo = gateway.signIn(Person.employee("dpo"));
    return sealed(UUID.fromString(Gateway.claims(dpo).getString("sub")), "breach:manage");
  }

  private static SealedScope sealed(UUID account, String permission) {
    return TestKit.current().tokens().sealed(Tokens.none(account, permission));
  }

  private static String keyOf(UUID account) throws SQLException {
    return value(
        "select format('(%%L, %%L, %%L)', provider, realm, subject) from account where account_id = '%s'",
        account);
  }

  private static String value(String sql, UUID of) throws SQLException {
    try (Connection superuser = TestKit.current().superuser();
        ResultSet row = superuser.createStatement().executeQuery(sql.formatted(of))) {
      row.next();
      return row.getString(1);
    }
  }
}
