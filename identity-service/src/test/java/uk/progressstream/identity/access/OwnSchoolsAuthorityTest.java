package uk.progressstream.identity.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.SampleSchool;
import uk.progressstream.identity.testing.ServiceSql;
import uk.progressstream.platform.scope.ClassCell;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.platform.scope.SealedScope;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

/** Whoever runs SQL under one school's genuine seal, and knows another school's ids. */
@QuarkusTest
@Proves("D9")
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
class OwnSchoolsAuthorityTest {
  private final Gateway gateway = Gateway.open();
  private SampleSchool own;
  private SampleSchool other;
  private UUID otherClass;

  @BeforeEach
  void twoSchools() {
    own = SampleSchool.onboard(gateway);
    other = SampleSchool.onboard(gateway);
    otherClass = other.addClass("Ma1");
  }

  @Test
  @DisplayName("Under the id of another school's cluster none is proposed, and none is seen")
  void clusterOfTheSameId() throws SQLException {
    UUID cluster = other.propose(List.of(SampleSchool.cell(other.id(), otherClass)));

    List<String> proposed =
        ServiceSql.column(
            sealOf(own),
            "select entry.propose_cluster('%1$s', '%2$s', 'mine', '{%2$s}', '{null}')"
                .formatted(cluster, own.id()));

    assertThat(proposed).containsExactly("f");
    assertThat(ServiceSql.column(sealOf(own), "select entry.cluster('%s')".formatted(cluster)))
        .containsOnlyNulls();
    assertThat(ServiceSql.column(sealOf(other), "select entry.cluster('%s')".formatted(cluster)))
        .doesNotContainNull();
  }

  @Test
  @DisplayName("Another school's open invitation can't be made again under its id")
  void invitationOfTheSameId() throws SQLException {
    other.invited("admin");
    String invitation =
        ServiceSql.column(
                sealOf(other),
                "select invitation_id from invitation where account_id is null and school_id = '%s'"
                    .formatted(other.id()))
            .get(0);

    refusedAsTaken(
        "insert into invitation (school_id, invitation_id, provider, realm, address, role)"
            + " values ('%s', '%s', 'google', 'a.example', 'a@a.example', 'admin')"
                .formatted(own.id(), invitation));
  }

  @Test
  @DisplayName("No class is made under the id of another school's")
  void classOfTheSameId() throws SQLException {
    refusedAsTaken(
        "insert into school_class (school_id, class_id, code, subject, year_group)"
            + " values ('%s', '%s', 'Ma1', 'Mathematics', '10')".formatted(own.id(), otherClass));
  }

  @Test
  @DisplayName("Two classes of two schools open no class of the one under the other's school")
  void pairsStayPairs() throws SQLException {
    Scope crossed =
        Tokens.classes(
            UUID.randomUUID(),
            Set.of(
                new ClassCell(own.id(), otherClass),
                new ClassCell(other.id(), own.addClass("Ma2"))),
            "identity:read");
    Scope straight =
        Tokens.classes(
            UUID.randomUUID(), Set.of(new ClassCell(other.id(), otherClass)), "identity:read");

    assertThat(classesUnder(straight)).containsExactly(otherClass.toString());
    assertThat(classesUnder(crossed)).isEmpty();
  }

  @Test
  @DisplayName(
      "A cluster is proposed over an open class of a school that is with us, and over no other")
  void endedCells() throws SQLException {
    UUID open = other.addClass("Ma4");
    ServiceSql.update(
        sealOf(other),
        "update school_class set closed_at = now() where class_id = '%s'".formatted(otherClass));

    assertThat(propose(other.id(), open)).isEqualTo("none");
    assertThat(propose(other.id(), otherClass)).isEqualTo("23503");
    assertThat(propose(other.id(), UUID.randomUUID())).isEqualTo("23503");
    other.leave();
    assertThat(propose(other.id(), open)).isEqualTo("23503");
  }

  private String propose(UUID school, UUID schoolClass) throws SQLException {
    return ServiceSql.outcome(
        sealOf(own),
        "select entry.propose_cluster(gen_random_uuid(), '%1$s', 'C', '{%1$s,%2$s}', '{null,%3$s}')"
            .formatted(own.id(), school, schoolClass));
  }

  private void refusedAsTaken(String sql) throws SQLException {
    assertThat(ServiceSql.outcome(sealOf(own), sql)).isEqualTo("23505");
  }

  private static List<String> classesUnder(Scope scope) throws SQLException {
    return ServiceSql.columnOfClasses(
        TestKit.current().tokens().sealed(scope), "select class_id from school_class");
  }

  private static SealedScope sealOf(SampleSchool school) {
    return school.seal("identity:manage", "identity:read");
  }
}
