package uk.progressstream.identity.staff;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
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
import uk.progressstream.platform.scope.ScopeText;
import uk.progressstream.platform.scope.SealedScope;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

/**
 * A lease that is taken in the very moment in which its taker goes off the list: under a genuine
 * seal, by SQL.
 */
@QuarkusTest
@Proves("D13")
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
class LeaseOffTheListTest {
  private static final String REFUSED = "42501";

  /** An account gets only so many tokens a minute. */
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final UUID lease = UUID.randomUUID();
  private Gateway gateway;
  private SampleSchool school;
  private StaffOnDisk file;

  @BeforeEach
  void onboard() throws IOException {
    file = new StaffOnDisk();
    gateway = Gateway.open();
    school = SampleSchool.onboard(gateway);
  }

  @AfterEach
  void restore() throws IOException {
    file.restore();
  }

  @Test
  @DisplayName("A genuine scope of who is not on the list, or for other things, takes no lease")
  void notListed() throws SQLException {
    SealedScope officer = employee(gateway.signIn(Person.employee("dpo")));
    SealedScope stranger = sealed(UUID.randomUUID(), "session:take");

    for (SealedScope each : List.of(officer, stranger)) {
      assertThat(ServiceSql.outcome(each, take(school.id()))).isEqualTo(REFUSED);
      assertThat(ServiceSql.outcome(each, take(UUID.randomUUID())))
          .as("a school that is not there")
          .isEqualTo(REFUSED);
    }
    SealedScope control = employee(gateway.signIn(Person.employee("support")));
    assertThat(ServiceSql.outcome(control, take(school.id()))).isEqualTo("none");
  }

  @Test
  @DisplayName("A lease that is taken while the list is brought waits, and is refused")
  void takenAfter() throws Exception {
    SealedScope employee = employee(listed());
    try (Connection bringing = ServiceSql.open(sealed(UUID.randomUUID(), OwnScopes.STAFF))) {
      bringing.createStatement().execute(bring(employee));

      assertThat(
              Meanwhile.whileOpen(bringing, () -> ServiceSql.outcome(employee, take(school.id()))))
          .isEqualTo(REFUSED);
    }
  }

  @Test
  @DisplayName(
      "A list that is brought while a lease is taken does not wait; the next round ends it")
  void takenBefore() throws Exception {
    SealedScope employee = employee(listed());
    String bring = bring(employee);
    try (Connection taking = ServiceSql.open(employee)) {
      taking.createStatement().execute(take(school.id()));
      ServiceSql.column(sealed(UUID.randomUUID(), OwnScopes.STAFF), bring);
      taking.commit();
    }

    ServiceSql.column(sealed(UUID.randomUUID(), OwnScopes.STAFF), bring);

    assertThat(
            ServiceSql.column(
                school.seal("identity:manage"),
                "select ended_why from employee_lease where lease_id = '%s'".formatted(lease)))
        .containsExactly("ended");
  }

  /** The token of an employee who is on the list since now. */
  private String listed() throws IOException {
    Person person = Person.employee("temporary-" + UUID.randomUUID());
    file.with(person, "session:take");
    Instant end = Instant.now().plusSeconds(10);
    while (gateway.exchange(person.idToken(), Map.of()).statusCode() != 200) {
      assertThat(Instant.now()).as("the file was not read").isBefore(end);
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return gateway.signIn(person);
  }

  private static SealedScope employee(String token) {
    return sealed(UUID.fromString(Gateway.claims(token).getString("sub")), "session:take");
  }

  private static SealedScope sealed(UUID account, String permission) {
    return TestKit.current().tokens().sealed(Tokens.none(account, permission));
  }

  private String take(UUID of) {
    return "select entry.take_lease('%s', '%s', 'a reason')".formatted(lease, of);
  }

  /** Brings the list as it is, but for the one. */
  private static String bring(SealedScope without) throws SQLException {
    UUID account = ScopeText.read(without.text()).account();
    try (Connection superuser = TestKit.current().superuser();
        ResultSet row =
            superuser
                .createStatement()
                .executeQuery(
                    "select format('select change from entry.bring_staff(%L)',"
                        + " coalesce(jsonb_object_agg(staff_key, permissions), '{}'))"
                        + " from staff where account_id <> '"
                        + account
                        + "'")) {
      row.next();
      return row.getString(1);
    }
  }
}
