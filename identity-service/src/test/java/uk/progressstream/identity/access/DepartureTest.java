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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
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

/** A school that leaves, and whoever gives or takes something of it in that very moment. */
@QuarkusTest
@Proves("D12")
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
class DepartureTest {
  private final Gateway gateway = Gateway.open();
  private SampleSchool leaver;
  private SampleSchool partner;
  private UUID partnersClass;
  private UUID cluster;

  @BeforeEach
  void twoSchoolsInACluster() {
    leaver = SampleSchool.onboard(gateway);
    partner = SampleSchool.onboard(gateway);
    partnersClass = partner.addClass("Ma1");
    cluster =
        partner.propose(
            List.of(
                SampleSchool.cell(partner.id(), partnersClass),
                SampleSchool.cell(leaver.id(), null)));
  }

  @Test
  @DisplayName("Who has a cluster from a school that left holds none of its cells; others do still")
  void giverLeft() throws SQLException {
    ServiceSql.update(
        leaver.seal("identity:manage"),
        "insert into cluster_approval (school_id, cluster_id) values ('%s', '%s')"
            .formatted(leaver.id(), cluster));
    UUID goes = assigned(leaver);
    UUID stays = assigned(partner);
    assertThat(cells(goes)).contains(partnersClass.toString());
    assertThat(clusters(goes)).contains(cluster.toString());

    leaver.leave();

    assertThat(cells(goes)).isEqualTo("[]");
    assertThat(clusters(goes)).isEqualTo("[]");
    assertThat(clusters(stays)).contains(cluster.toString());
    assertThat(cells(stays))
        .contains(partnersClass.toString())
        .doesNotContain(leaver.id().toString());
  }

  private static String clusters(UUID account) throws SQLException {
    SealedScope own = TestKit.current().tokens().sealed(Tokens.none(account, "identity:read"));
    return ServiceSql.column(own, "select entry.me() ->> 'clusters'").get(0);
  }

  @Test
  @DisplayName("A lease that is taken while the school leaves waits, and is refused")
  void leaseAfterDeparture() throws Exception {
    String token = gateway.signIn(Person.employee("support"));
    try (Connection leaving = ServiceSql.open(leaver.seal("identity:manage", "identity:read"))) {
      leaving.createStatement().execute(leaver.departure());

      int status =
          Meanwhile.whileOpen(
              leaving,
              () ->
                  gateway
                      .send(
                          "PUT",
                          "/employee-session",
                          token,
                          "{\"school\":\"%s\",\"reason\":\"a reason\"}".formatted(leaver.id()))
                      .statusCode());

      assertThat(status).isEqualTo(404);
    }
  }

  @Test
  @DisplayName("A school that leaves while a lease is taken waits, and ends it")
  void departureAfterLease() throws Exception {
    UUID lease = UUID.randomUUID();
    UUID account =
        UUID.fromString(
            Gateway.claims(gateway.signIn(Person.employee("support"))).getString("sub"));
    SealedScope employee = TestKit.current().tokens().sealed(Tokens.none(account, "session:take"));
    try (Connection taking = ServiceSql.open(employee)) {
      taking
          .createStatement()
          .execute("select entry.take_lease('%s', '%s', 'a reason')".formatted(lease, leaver.id()));

      Meanwhile.whileOpen(
          taking,
          () -> {
            leaver.leave();
            return null;
          });
    }

    assertThat(
            ServiceSql.column(
                leaver.seal("identity:manage"),
                "select ended_why from employee_lease where lease_id = '%s'".formatted(lease)))
        .containsExactly("ended");
  }

  @TestFactory
  @DisplayName("While a school leaves nothing is given: it waits, and is refused;")
  Stream<DynamicTest> nothingIsGiven() {
    return Stream.of(
            "cluster_approval (school_id, cluster_id) values ('%1$s', '%2$s')",
            "cluster_account (school_id, cluster_id, account_id) values ('%1$s', '%2$s', '%3$s')",
            "consent (school_id, purpose) values ('%1$s', 'backup')",
            "school_class (school_id, class_id, code, subject, year_group)"
                + " values ('%1$s', gen_random_uuid(), 'X', 'Art', '10')",
            "invitation (school_id, invitation_id, provider, realm, address, role)"
                + " values ('%1$s', gen_random_uuid(), 'google', 'a.example', 'a@a.example', 'admin')")
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.substring(0, row.indexOf(' ')),
                    () -> {
                      twoSchoolsInACluster();
                      refusedAfterDeparture(row);
                    }));
  }

  private void refusedAfterDeparture(String row) throws Exception {
    UUID teacher = leaver.accountOf(leaver.member("teacher"));
    String gift = "insert into " + row.formatted(leaver.id(), cluster, teacher);
    SealedScope seal = leaver.seal("identity:manage", "identity:read");
    assertThat(ServiceSql.outcome(seal, gift)).as("before").isEqualTo("none");

    try (Connection leaving = ServiceSql.open(seal)) {
      leaving.createStatement().execute(leaver.departure());

      assertThat(Meanwhile.whileOpen(leaving, () -> ServiceSql.outcome(seal, gift)))
          .isEqualTo("42501");
    }
  }

  private UUID assigned(SampleSchool school) {
    Person teacher = school.member("teacher");
    school.assign(cluster, teacher);
    return school.accountOf(teacher);
  }

  private static String cells(UUID account) throws SQLException {
    try (Connection superuser = TestKit.current().superuser();
        ResultSet row =
            superuser
                .createStatement()
                .executeQuery("select entry.cells('%s')".formatted(account))) {
      row.next();
      return row.getString(1);
    }
  }
}
