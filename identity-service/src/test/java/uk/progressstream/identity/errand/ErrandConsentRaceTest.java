package uk.progressstream.identity.errand;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.identity.seal.OwnScopes;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.Meanwhile;
import uk.progressstream.identity.testing.SampleSchool;
import uk.progressstream.identity.testing.ServiceSql;
import uk.progressstream.platform.scope.SealedScope;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

/** An errand that starts at the very moment at which its consent is withdrawn. */
@QuarkusTest
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
class ErrandConsentRaceTest {
  private final UUID job = UUID.randomUUID();
  private final UUID token = UUID.randomUUID();
  private Gateway gateway;
  private SampleSchool school;

  @BeforeEach
  void consent() {
    gateway = Gateway.open();
    school = SampleSchool.onboard(gateway);
    assertThat(consent("PUT")).isEqualTo(200);
  }

  @Test
  @DisplayName("The errand comes first: the withdrawal waits for it, and ends it")
  void errandFirst() throws Exception {
    try (Connection errand = ServiceSql.open(errandScope());
        ResultSet outcome = errand.createStatement().executeQuery(take())) {
      outcome.next();
      assertThat(outcome.getString(1)).isEqualTo("taken");

      assertThat(Meanwhile.whileOpen(errand, () -> consent("DELETE"))).isEqualTo(204);
    }

    assertOver();
  }

  @Test
  @DisplayName("The withdrawal comes first: the errand waits for it, and does not start")
  void withdrawalFirst() throws Exception {
    SealedScope admin =
        tokens().sealed(Tokens.schools(UUID.randomUUID(), Set.of(school.id()), "identity:manage"));
    try (Connection withdrawal = ServiceSql.open(admin)) {
      withdrawal
          .createStatement()
          .execute("select entry.withdraw_consent('%s', 'backup')".formatted(school.id()));

      assertThat(Meanwhile.whileOpen(withdrawal, () -> ServiceSql.column(errandScope(), take())))
          .containsExactly("no-consent");
    }

    assertThat(count("errand where account_id = '" + job + "'")).isZero();
  }

  @Test
  @DisplayName("A school that leaves takes its consents back, and with them ends what runs on them")
  void schoolLeaves() throws Exception {
    assertThat(ServiceSql.column(errandScope(), take())).containsExactly("taken");
    String admin = school.adminToken();
    JsonObject own =
        new JsonObject(gateway.get("/schools", admin).body())
            .getJsonArray("items")
            .getJsonObject(0);
    String departure = new JsonObject().put("urn", own.getString("urn")).encode();

    assertThat(
            gateway.post("/schools/" + school.id() + "/departure", admin, departure).statusCode())
        .isEqualTo(204);

    assertOver();
    assertThat(count("consent where school_id = '" + school.id() + "'")).isZero();
  }

  private void assertOver() throws SQLException {
    String own = " where account_id = '" + job + "' and token_id = '" + token + "'";
    assertThat(count("errand" + own + " and ended_at is not null")).isEqualTo(1);
    assertThat(count("revocation" + own)).isEqualTo(1);
  }

  private int consent(String method) {
    String path = "/schools/" + school.id() + "/consents/backup";
    return gateway.send(method, path, school.adminToken(), "").statusCode();
  }

  private String take() {
    return "select outcome from entry.take_errand('%s', '%s', '%s', 'backup', now() + interval '5 minutes')"
        .formatted(school.id(), token, job);
  }

  private static SealedScope errandScope() {
    return tokens().sealed(Tokens.none(UUID.randomUUID(), OwnScopes.ERRAND));
  }

  private static Tokens tokens() {
    return TestKit.current().tokens();
  }

  private static int count(String what) throws SQLException {
    try (Connection superuser = TestKit.current().superuser();
        ResultSet row = superuser.createStatement().executeQuery("select count(*) from " + what)) {
      row.next();
      return row.getInt(1);
    }
  }
}
