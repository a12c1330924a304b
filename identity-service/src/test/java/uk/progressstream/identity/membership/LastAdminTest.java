package uk.progressstream.identity.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.Meanwhile;
import uk.progressstream.identity.testing.Outbox;
import uk.progressstream.identity.testing.Person;
import uk.progressstream.identity.testing.SampleSchool;
import uk.progressstream.identity.testing.ServiceSql;
import uk.progressstream.platform.scope.SealedScope;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

/** A school is never without an admin, unless it leaves. */
@QuarkusTest
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
class LastAdminTest {
  private Gateway gateway;
  private SampleSchool school;

  @BeforeEach
  void onboard() {
    gateway = Gateway.open();
    school = SampleSchool.onboard(gateway);
  }

  @Test
  @DisplayName(
      "The last admin stays, and is told why; any other role ends, and again changes nothing")
  void stays() {
    UUID head = school.accountOf(school.admin());
    UUID teacher = school.accountOf(school.member("teacher"));

    HttpResponse<String> refused = end(school.adminToken(), head, "admin");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("invite another first");
    assertThat(end(school.adminToken(), teacher, "teacher").statusCode()).isEqualTo(204);
    assertThat(end(school.adminToken(), teacher, "teacher").statusCode()).isEqualTo(204);
    assertThat(end(school.adminToken(), teacher, "nonsense").statusCode()).isEqualTo(404);

    assertThat(Outbox.events("role.ended", school.id())).hasSize(1);
  }

  @Test
  @DisplayName("Another school's admin ends nobody's role here")
  void anotherSchool() {
    SampleSchool other = SampleSchool.onboard(gateway);
    UUID teacher = school.accountOf(school.member("teacher"));

    assertThat(end(other.adminToken(), teacher, "teacher").statusCode()).isEqualTo(404);
    assertThat(gateway.signIn(school.member("teacher"))).isNotEmpty();
  }

  @Test
  @DisplayName("Two admins who end each other's role at once: one of them stays")
  void eachOther() throws InterruptedException, ExecutionException {
    for (int round = 0; round < 5; round++) {
      SampleSchool fresh = SampleSchool.onboard(gateway);
      Person second = fresh.member("admin");
      UUID firstAccount = fresh.accountOf(fresh.admin());
      UUID secondAccount = fresh.accountOf(second);
      String firstToken = fresh.adminToken();
      String secondToken = gateway.signIn(second);
      ExecutorService threads = Executors.newFixedThreadPool(2);
      try {
        List<Callable<Integer>> both =
            List.of(
                () -> end(fresh, firstToken, secondAccount).statusCode(),
                () -> end(fresh, secondToken, firstAccount).statusCode());
        int ended = 0;
        for (Future<Integer> each : threads.invokeAll(both)) {
          ended += each.get() == 204 ? 1 : 0;
        }
        assertThat(ended).isEqualTo(1);
        assertThat(Outbox.events("role.ended", fresh.id())).hasSize(1);
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  @DisplayName("An admin who ends the other's role while it is ending theirs waits, and fails")
  void oneAfterTheOther() throws Exception {
    UUID head = school.accountOf(school.admin());
    Person second = school.member("admin");
    UUID other = school.accountOf(second);
    String token = gateway.signIn(second);
    SealedScope first =
        TestKit.current()
            .tokens()
            .sealed(Tokens.schools(head, Set.of(school.id()), "identity:manage"));
    try (Connection open = ServiceSql.open(first)) {
      open.createStatement()
          .execute(
              "select entry.end_membership('%s', '%s', 'admin')".formatted(school.id(), other));

      assertThat(Meanwhile.whileOpen(open, () -> end(token, head, "admin")).statusCode())
          .isEqualTo(409);
    }
  }

  private HttpResponse<String> end(String token, UUID account, String role) {
    return gateway.send(
        "DELETE", "/schools/" + school.id() + "/accounts/" + account + "/roles/" + role, token, "");
  }

  private HttpResponse<String> end(SampleSchool at, String token, UUID account) {
    return gateway.send(
        "DELETE", "/schools/" + at.id() + "/accounts/" + account + "/roles/admin", token, "");
  }
}
