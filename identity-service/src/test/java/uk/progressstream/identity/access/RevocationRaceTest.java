package uk.progressstream.identity.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.identity.seal.OwnScopes;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.Meanwhile;
import uk.progressstream.identity.testing.Person;
import uk.progressstream.identity.testing.SampleSchool;
import uk.progressstream.identity.testing.ServiceSql;
import uk.progressstream.platform.access.Revocation;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.platform.scope.ScopeText;
import uk.progressstream.platform.scope.SealedScope;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

/** Sign-ins at the very moment at which access is lost. */
@QuarkusTest
@Proves("D12")
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
class RevocationRaceTest {
  private static final int ROUNDS = 12;
  private static final int SIGN_INS = 6;

  private final Gateway gateway = Gateway.open();

  @Test
  @DisplayName(
      "Every token that holds a lost class is older than the loss, however close they come")
  void noTokenSlipsThrough() throws InterruptedException, ExecutionException, SQLException {
    SampleSchool school = SampleSchool.onboard(gateway);
    UUID schoolClass = school.addClass("Ma1");
    Person teacher = school.member("teacher");
    UUID account = school.accountOf(teacher);
    UUID cluster = school.clusterFor(teacher, schoolClass);
    String path = "/clusters/" + cluster + "/accounts/" + account;
    String admin = school.adminToken();
    ExecutorService threads = Executors.newFixedThreadPool(SIGN_INS + 1);
    int withTheClass = 0;
    try {
      for (int round = 0; round < ROUNDS; round++) {
        Callable<Scope> signIn = () -> scope(gateway.signIn(teacher));
        List<Future<Scope>> before =
            IntStream.range(0, SIGN_INS).mapToObj(i -> threads.submit(signIn)).toList();
        // Now none of them, now all but one have come before the loss; the rest come at its time.
        for (int i = 0; i < round % SIGN_INS; i++) {
          before.get(i).get();
        }
        int status = gateway.send("DELETE", path, admin, "").statusCode();
        assertThat(status).isEqualTo(204);
        Revocation loss = lastLoss(account);
        for (Future<Scope> each : before) {
          Scope scope = each.get();
          boolean holds = !scope.classes().isEmpty();
          withTheClass += holds ? 1 : 0;
          assertThat(loss.hits(scope)).as("older than the loss").isEqualTo(holds);
        }
        assertThat(gateway.send("PUT", path, admin, "").statusCode()).isEqualTo(200);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(withTheClass).as("some came before the loss").isPositive();
  }

  @Test
  @DisplayName("Who signs in while access is being taken waits, and gets what is left")
  void signInWaits() throws Exception {
    SampleSchool school = SampleSchool.onboard(gateway);
    Person teacher = school.member("teacher");
    UUID account = school.accountOf(teacher);
    UUID cluster = school.clusterFor(teacher, school.addClass("Ma1"));
    SealedScope admin =
        TestKit.current()
            .tokens()
            .sealed(Tokens.schools(UUID.randomUUID(), Set.of(school.id()), "identity:manage"));
    try (Connection loss = ServiceSql.open(admin)) {
      loss.createStatement()
          .execute(
              "select entry.leave_cluster('%s', '%s', '%s')"
                  .formatted(cluster, school.id(), account));

      Scope next = Meanwhile.whileOpen(loss, () -> scope(gateway.signIn(teacher)));

      assertThat(next.classes()).isEmpty();
      assertThat(lastLoss(account).hits(next)).as("older than the loss").isFalse();
    }
  }

  @Test
  @DisplayName("A token whose record waits while access is taken is older than the loss")
  void lossBeforeTheRecord() throws Exception {
    SampleSchool school = SampleSchool.onboard(gateway);
    Person teacher = school.member("teacher");
    UUID account = school.accountOf(teacher);
    UUID cluster = school.clusterFor(teacher, school.addClass("Ma1"));
    SealedScope admin =
        TestKit.current()
            .tokens()
            .sealed(Tokens.schools(UUID.randomUUID(), Set.of(school.id()), "identity:manage"));
    try (Connection records = TestKit.current().superuser()) {
      records.setAutoCommit(false);
      records
          .createStatement()
          .execute(
              "select from outbox.sequence where school_id = '%s' for update"
                  .formatted(school.id()));

      Scope late =
          Meanwhile.whileOpen(
              records,
              () -> scope(gateway.signIn(teacher)),
              () -> {
                try (Connection loss = ServiceSql.open(admin)) {
                  loss.createStatement()
                      .execute(
                          "select entry.leave_cluster('%s', '%s', '%s')"
                              .formatted(cluster, school.id(), account));
                  loss.commit();
                }
              });

      assertThat(late.classes()).as("its standing was read before").isNotEmpty();
      assertThat(lastLoss(account).hits(late)).as("older than the loss").isTrue();
    }
  }

  @Test
  @DisplayName("Who takes up an invitation while the school leaves loses the role with the others")
  void leavingWaitsForInvitations() throws Exception {
    SampleSchool school = SampleSchool.onboard(gateway);
    Person teacher = school.invited("teacher");
    SealedScope signIn =
        TestKit.current()
            .tokens()
            .sealed(Tokens.schools(UUID.randomUUID(), Set.of(school.id()), OwnScopes.SIGN_IN));
    UUID account = UUID.randomUUID();
    try (Connection binding = ServiceSql.open(signIn)) {
      binding
          .createStatement()
          .execute(
              "select entry.bind('%s', 'google', 'issuer', '%s', array['%s'], array['%s'], false)"
                  .formatted(account, teacher.subject(), teacher.realm(), teacher.email()));

      int status =
          Meanwhile.whileOpen(
              binding,
              () ->
                  gateway
                      .send(
                          "POST",
                          "/schools/" + school.id() + "/departure",
                          school.adminToken(),
                          new JsonObject().put("urn", urn(school.id())).encode())
                      .statusCode());

      assertThat(status).isEqualTo(204);
      assertThat(lastLoss(account).at()).as("it was taken back").isNotNull();
    }
  }

  private static String urn(UUID school) throws SQLException {
    return value("select urn from school where school_id = ?", school);
  }

  private static String value(String sql, UUID school) throws SQLException {
    try (Connection superuser = TestKit.current().superuser();
        PreparedStatement query = superuser.prepareStatement(sql)) {
      query.setObject(1, school);
      ResultSet rows = query.executeQuery();
      rows.next();
      return rows.getString(1);
    }
  }

  private static Scope scope(String token) {
    return ScopeText.read(Gateway.claims(token).getString("ps_scope"));
  }

  private static Revocation lastLoss(UUID account) throws SQLException {
    try (Connection superuser = TestKit.current().superuser();
        PreparedStatement query =
            superuser.prepareStatement(
                "select extract(epoch from revoked_at) * 1000 from revocation where account_id = ?")) {
      query.setObject(1, account);
      ResultSet rows = query.executeQuery();
      rows.next();
      return new Revocation(
          account, Optional.empty(), Instant.ofEpochMilli((long) rows.getDouble(1)));
    }
  }
}
