package uk.progressstream.identity.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.Meanwhile;
import uk.progressstream.identity.testing.Person;
import uk.progressstream.identity.testing.SampleSchool;
import uk.progressstream.identity.testing.ServiceSql;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.platform.scope.ScopeText;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

/** Whoever is put into a cluster in the very moment in which it, or something in it, ends. */
@QuarkusTest
@Proves("D12")
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
class AssignedAtTheEndTest {
  private final Gateway gateway = Gateway.open();
  private SampleSchool school;
  private Person teacher;
  private UUID account;
  private UUID schoolClass;
  private UUID cluster;

  @BeforeEach
  void clusterWithoutTheTeacher() {
    school = SampleSchool.onboard(gateway);
    teacher = school.member("teacher");
    account = school.accountOf(teacher);
    schoolClass = school.addClass("Ma1");
    cluster = school.clusterFor(school.member("teacher"), schoolClass);
  }

  @Test
  @DisplayName("A class that closes waits for who is just being assigned, and takes it back")
  void assignedBeforeTheClass() throws Exception {
    int status = whileAssigning("/schools/" + school.id() + "/classes/" + schoolClass);

    assertThat(status).isEqualTo(204);
    assertThat(revocations()).isEqualTo(1);
  }

  @Test
  @DisplayName("A cluster that closes waits for who is just being assigned, and takes it back")
  void assignedBeforeTheCluster() throws Exception {
    int status = whileAssigning("/clusters/" + cluster);

    assertThat(status).isEqualTo(204);
    assertThat(revocations()).isEqualTo(1);
  }

  @Test
  @DisplayName("Who is assigned while a class closes waits, and gets what is left")
  void assignedAfterTheClass() throws Exception {
    try (Connection closing = asAdmin()) {
      closing
          .createStatement()
          .execute(
              "update school_class set closed_at = now() where class_id = '%s'"
                  .formatted(schoolClass));

      Scope next =
          Meanwhile.whileOpen(
              closing,
              () -> {
                school.assign(cluster, teacher);
                return ScopeText.read(
                    Gateway.claims(gateway.signIn(teacher)).getString("ps_scope"));
              });

      assertThat(next.classes()).isEmpty();
    }
  }

  private int whileAssigning(String ended) throws Exception {
    String admin = school.adminToken();
    try (Connection assigning = asAdmin()) {
      assigning
          .createStatement()
          .execute(
              "insert into cluster_account (school_id, cluster_id, account_id)"
                  + " values ('%s', '%s', '%s')".formatted(school.id(), cluster, account));

      return Meanwhile.whileOpen(
          assigning, () -> gateway.send("DELETE", ended, admin, "").statusCode());
    }
  }

  private Connection asAdmin() throws SQLException {
    return ServiceSql.open(
        TestKit.current()
            .tokens()
            .sealed(
                Tokens.schools(
                    UUID.randomUUID(), Set.of(school.id()), "identity:manage", "identity:read")));
  }

  private int revocations() throws SQLException {
    try (Connection superuser = TestKit.current().superuser();
        ResultSet row =
            superuser
                .createStatement()
                .executeQuery(
                    "select count(*) from revocation where account_id = '%s'".formatted(account))) {
      row.next();
      return row.getInt(1);
    }
  }
}
