package uk.progressstream.identity.invitation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.Issuers;
import uk.progressstream.identity.testing.Outbox;
import uk.progressstream.identity.testing.Person;
import uk.progressstream.identity.testing.SampleSchool;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.TestKit;

@QuarkusTest
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
@Proves("D11")
class InvitationTest {
  /** One alone hit the gap between two reads once in some forty runs. */
  private static final int ROUNDS = 40;

  private static final int CLIENTS = 16;

  private Gateway gateway;
  private SampleSchool school;

  @BeforeEach
  void onboard() {
    gateway = Gateway.open();
    school = SampleSchool.onboard(gateway);
  }

  @Test
  @DisplayName("An invitation is bound at the first sign-in, and the list then names the account")
  void bound() {
    Person teacher = school.invited("teacher");
    UUID account = school.accountOf(teacher);

    JsonObject item = listed(teacher);
    assertThat(item.getString("state")).isEqualTo("bound");
    assertThat(item.getString("account")).isEqualTo(account.toString());
    assertThat(Outbox.events("invitation.bound", school.id()))
        .anySatisfy(
            event -> {
              assertThat(event.getString("concerns")).isEqualTo(item.getString("id"));
              assertThat(event.getString("actor")).isEqualTo(account.toString());
            });
  }

  @Test
  @DisplayName("A replayed invitation: who comes second with the same address gets nothing")
  void replayed() {
    Person teacher = school.member("teacher");
    Person second =
        new Person(
            teacher.issuer(), teacher.realm(), teacher.email(), UUID.randomUUID().toString());

    assertThat(gateway.exchange(second.idToken(), Map.of()).statusCode()).isEqualTo(400);
  }

  @Test
  @DisplayName("Of many who come at once with the same address, one gets in")
  void replayedAtOnce() throws InterruptedException, ExecutionException {
    Person teacher = school.invited("teacher");
    List<Callable<Integer>> clients =
        IntStream.range(0, CLIENTS)
            .mapToObj(
                i ->
                    (Callable<Integer>)
                        () ->
                            gateway
                                .exchange(
                                    new Person(
                                            teacher.issuer(),
                                            teacher.realm(),
                                            teacher.email(),
                                            "subject-" + i + teacher.subject())
                                        .idToken(),
                                    Map.of())
                                .statusCode())
            .toList();

    assertThat(inParallel(clients)).containsOnlyOnce(200);
  }

  @Test
  @DisplayName("One person who signs in many times at once gets one account")
  void onePersonAtOnce() throws InterruptedException, ExecutionException {
    for (int round = 0; round < ROUNDS; round++) {
      Person teacher = school.invited("teacher");
      List<Callable<UUID>> clients =
          IntStream.range(0, CLIENTS)
              .mapToObj(i -> (Callable<UUID>) () -> school.accountOf(teacher))
              .toList();

      assertThat(inParallel(clients)).hasSize(CLIENTS).containsOnly(school.accountOf(teacher));
    }
  }

  @Test
  @DisplayName("A changed e-mail changes nothing: the account is keyed on issuer and subject")
  void changedEmail() {
    Person teacher = school.member("teacher");
    UUID account = school.accountOf(teacher);
    Person renamed =
        new Person(teacher.issuer(), teacher.realm(), "new-name@people.example", teacher.subject());

    assertThat(school.accountOf(renamed)).isEqualTo(account);
  }

  @Test
  @DisplayName("The invited address from another domain, tenant or issuer takes up nothing")
  void anotherOrganisation() {
    Person teacher = school.invited("teacher");
    for (Person other :
        List.of(
            new Person(Issuers.GOOGLE, "other.example", teacher.email(), "s-" + UUID.randomUUID()),
            Person.microsoft(Issuers.TENANT_A, teacher.email()))) {
      assertThat(gateway.exchange(other.idToken(), Map.of()).statusCode()).isEqualTo(400);
    }
    assertThat(listed(teacher).getString("state")).isEqualTo("open");
  }

  @Test
  @DisplayName("An e-mail that Google has not verified takes up nothing")
  void unverifiedEmail() {
    Person teacher = school.invited("teacher");
    Issuers issuers = Issuers.current();
    JwtClaims claims = teacher.claims(issuers);
    claims.setClaim("email_verified", false);

    String token = issuers.sign(claims, Issuers.GOOGLE);
    assertThat(gateway.exchange(token, Map.of()).statusCode()).isEqualTo(400);
  }

  @Test
  @DisplayName("After 14 days an invitation is taken up by nobody")
  void expired() throws SQLException {
    Person teacher = school.invited("teacher");
    try (Connection superuser = TestKit.current().superuser()) {
      superuser
          .createStatement()
          .execute(
              "update invitation set invited_at = invited_at - interval '14 days',"
                  + " expires_at = expires_at - interval '14 days' where school_id = '"
                  + school.id()
                  + "'");
    }

    assertThat(gateway.exchange(teacher.idToken(), Map.of()).statusCode()).isEqualTo(400);
    assertThat(listed(teacher).getString("state")).isEqualTo("expired");
  }

  @Test
  @DisplayName("A revoked invitation is taken up by nobody; a bound one can't be revoked")
  void revoked() {
    Person teacher = school.invited("teacher");
    String path = "/schools/" + school.id() + "/invitations/" + listed(teacher).getString("id");

    assertThat(gateway.send("DELETE", path, school.adminToken(), "").statusCode()).isEqualTo(204);
    assertThat(gateway.exchange(teacher.idToken(), Map.of()).statusCode()).isEqualTo(400);
    assertThat(gateway.send("DELETE", path, school.adminToken(), "").statusCode()).isEqualTo(404);
  }

  @Test
  @DisplayName(
      "Microsoft: the first admin comes from the invited tenant, keyed on tenant and object id")
  void microsoft() {
    Person head = Person.microsoft(Issuers.TENANT_A, "head@" + UUID.randomUUID() + ".example");
    SampleSchool other = SampleSchool.onboard(gateway, head);

    assertThat(Gateway.claims(other.adminToken()).getString("role")).isEqualTo("admin");
    Person elsewhere =
        new Person(Issuers.TENANT_B + "/v2.0", Issuers.TENANT_B, head.email(), head.subject());
    assertThat(gateway.exchange(elsewhere.idToken(), Map.of()).statusCode()).isEqualTo(400);
  }

  @Test
  @DisplayName("Machines: a service account and an app registration become partner systems")
  void machines() {
    String project = "p" + UUID.randomUUID() + ".iam.gserviceaccount.com";
    Person serviceAccount = Person.google(project, "mis");
    invite(serviceAccount.invitation("partner-system"));
    Issuers issuers = Issuers.current();
    JwtClaims google = serviceAccount.claims(issuers);
    google.unsetClaim("hd");
    assertRole("partner-system", issuers.sign(google, Issuers.GOOGLE));

    String application = UUID.randomUUID().toString();
    invite(
        new JsonObject()
            .put("issuer", "microsoft")
            .put("tenant", Issuers.TENANT_B)
            .put("application", application)
            .put("role", "partner-system")
            .encode());
    JwtClaims microsoft = Person.microsoft(Issuers.TENANT_B, "x").claims(issuers);
    microsoft.unsetClaim("preferred_username");
    microsoft.setSubject(microsoft.getClaimValueAsString("oid"));
    microsoft.setClaim("azp", application);
    assertRole("partner-system", issuers.sign(microsoft, Issuers.TENANT_B + "/v2.0"));
  }

  @Test
  @DisplayName("A machine that was invited as an admin by mistake does not become one")
  void aMachineIsNoAdmin() {
    Person serviceAccount =
        Person.google("p" + UUID.randomUUID() + ".iam.gserviceaccount.com", "mis");
    invite(serviceAccount.invitation("admin"));

    assertThat(gateway.exchange(serviceAccount.idToken(), Map.of()).statusCode()).isEqualTo(400);
  }

  @Test
  @DisplayName("An employee who was invited to a school stays an employee and takes up nothing")
  void employees() {
    Person employee = Person.employee("support");
    // Whose very first sign-in it is, is bound as an employee before anything else is looked at.
    gateway.signIn(employee);
    invite(employee.invitation("admin"));

    assertThat(Gateway.claims(gateway.signIn(employee)).getString("role")).isEqualTo("employee");
    assertThat(listed(employee).getString("state")).isEqualTo("open");
  }

  @Test
  @DisplayName("A request that makes no sense is explained; the same key twice is one invitation")
  void requests() {
    Person teacher = Person.google(school.admin().realm(), "t-" + UUID.randomUUID());
    for (String bad :
        List.of(
            "{}",
            "[]",
            "{\"issuer\":\"facebook\",\"domain\":\"a.example\",\"email\":\"a@b.c\",\"role\":\"admin\"}",
            "{\"issuer\":\"google\",\"email\":\"a@b.c\",\"role\":\"admin\"}",
            "{\"issuer\":\"google\",\"domain\":\"a.example\",\"email\":\"nobody\",\"role\":\"admin\"}",
            teacher.invitation("employee"),
            teacher.invitation("god"))) {
      assertThat(post(bad).statusCode()).as(bad).isEqualTo(400);
    }
    HttpResponse<String> first = post(teacher.invitation("teacher"), "Idempotency-Key", "key-1");
    HttpResponse<String> again = post(teacher.invitation("teacher"), "Idempotency-Key", "key-1");
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(post(teacher.invitation("admin"), "Idempotency-Key", "key-1").statusCode())
        .isEqualTo(409);
    assertThat(Outbox.events("invitation.created", school.id())).hasSize(2);
  }

  @Test
  @Proves("D9")
  @DisplayName("Another school's admin sees and makes no invitation here")
  void anotherSchoolsAdmin() {
    String other = SampleSchool.onboard(gateway).adminToken();
    String path = "/schools/" + school.id() + "/invitations";

    assertThat(gateway.get(path, other).statusCode()).isEqualTo(404);
    assertThat(gateway.post(path, other, school.admin().invitation("teacher")).statusCode())
        .isEqualTo(404);
    assertThat(gateway.get("/schools/" + school.id() + "/accounts", other).statusCode())
        .isEqualTo(404);
  }

  private void assertRole(String role, String idToken) {
    HttpResponse<String> answer = gateway.exchange(idToken, Map.of());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String token = new JsonObject(answer.body()).getString("access_token");
    assertThat(Gateway.claims(token).getString("role")).isEqualTo(role);
  }

  private void invite(String json) {
    HttpResponse<String> answer = post(json);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  private HttpResponse<String> post(String json, String... headers) {
    return gateway.send(
        "POST", "/schools/" + school.id() + "/invitations", school.adminToken(), json, headers);
  }

  private JsonObject listed(Person person) {
    String body =
        gateway.get("/schools/" + school.id() + "/invitations", school.adminToken()).body();
    return new JsonObject(body)
        .getJsonArray("items").stream()
            .map(JsonObject.class::cast)
            .filter(item -> item.getString("address").equals(person.email()))
            .findFirst()
            .orElseThrow();
  }

  private static <T> List<T> inParallel(List<Callable<T>> tasks)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<T> results = new java.util.ArrayList<>();
      for (Future<T> future : threads.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
