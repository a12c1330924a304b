package uk.progressstream.identity.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.contracts.access.AccessChecksGrpc;
import uk.progressstream.contracts.access.CheckLeaseRequest;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.Outbox;
import uk.progressstream.identity.testing.Person;
import uk.progressstream.identity.testing.SampleSchool;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.platform.scope.ScopeKind;
import uk.progressstream.platform.scope.ScopeText;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.PeerChannel;
import uk.progressstream.provisioning.testing.TestKit;

@QuarkusTest
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
@Proves("D13")
class LeaseTest {
  private static final Person EMPLOYEE = Person.employee("support");

  private Gateway gateway;
  private SampleSchool a;
  private SampleSchool b;

  @BeforeEach
  void onboard() {
    gateway = Gateway.open();
    a = SampleSchool.onboard(gateway);
    b = SampleSchool.onboard(gateway);
  }

  @AfterEach
  void endLease() {
    gateway.send("DELETE", "/employee-session", gateway.signIn(EMPLOYEE), "");
  }

  @Test
  @DisplayName(
      "Without a lease an employee has no school; the next token after taking one has exactly that")
  void taking() {
    assertThat(scope(gateway.signIn(EMPLOYEE)).kind()).isEqualTo(ScopeKind.NONE);

    JsonObject session = take(a);
    Scope scope = scope(gateway.signIn(EMPLOYEE));

    assertThat(scope.schools()).containsExactly(a.id());
    assertThat(scope.lease())
        .hasValueSatisfying(id -> assertThat(id).hasToString(session.getString("id")));
    assertThat(session.getString("school")).isEqualTo(a.id().toString());
    assertThat(session.getString("reason")).isEqualTo("support ticket");
    assertThat(session.getString("expiresAt")).isGreaterThan(session.getString("takenAt"));
  }

  @Test
  @DisplayName(
      "Taking B ends A at once: A's token, unexpired, is refused everywhere it can be asked about")
  void takingAnotherEndsTheFirst() {
    JsonObject first = take(a);
    String tokenOfA = gateway.signIn(EMPLOYEE);
    assertThat(gateway.get("/me", tokenOfA).statusCode()).isEqualTo(200);
    assertThat(isLive(first)).isTrue();

    JsonObject second = take(b);

    assertThat(gateway.get("/me", tokenOfA).statusCode()).isEqualTo(401);
    assertThat(gateway.get("/schools/" + a.id() + "/classes", tokenOfA).statusCode())
        .isEqualTo(401);
    assertThat(isLive(first)).isFalse();
    assertThat(isLive(second)).isTrue();
    assertThat(scope(gateway.signIn(EMPLOYEE)).schools()).containsExactly(b.id());
  }

  @Test
  @DisplayName("Ending the lease ends its tokens at once")
  void ending() {
    JsonObject session = take(a);
    String token = gateway.signIn(EMPLOYEE);

    assertThat(gateway.send("DELETE", "/employee-session", token, "").statusCode()).isEqualTo(204);

    assertThat(isLive(session)).isFalse();
    assertThat(gateway.get("/me", token).statusCode()).isEqualTo(401);
    assertThat(scope(gateway.signIn(EMPLOYEE)).kind()).isEqualTo(ScopeKind.NONE);
  }

  @Test
  @DisplayName("A lease that was idle for 30 minutes is over")
  void idle() throws SQLException {
    JsonObject session = take(a);
    age(session, "used_at = used_at - interval '29 minutes 50 seconds'");
    assertThat(isLive(session)).as("used just in time").isTrue();
    age(session, "used_at = used_at - interval '30 minutes'");

    assertThat(isLive(session)).isFalse();
    assertThat(scope(gateway.signIn(EMPLOYEE)).kind()).isEqualTo(ScopeKind.NONE);
  }

  @Test
  @DisplayName("A lease that is used is kept, but never beyond 8 hours")
  void eightHours() throws SQLException {
    JsonObject session = take(a);
    age(
        session,
        "taken_at = taken_at - interval '7 hours 59 minutes', expires_at = expires_at - interval '7 hours 59 minutes'");
    assertThat(isLive(session)).isTrue();
    age(
        session,
        "taken_at = taken_at - interval '1 minute', expires_at = expires_at - interval '1 minute'");

    assertThat(isLive(session)).isFalse();
  }

  @Test
  @DisplayName("Being asked about is use: it pushes the idle end away")
  void useIsNoted() throws SQLException {
    JsonObject session = take(a);
    age(session, "used_at = used_at - interval '25 minutes'");
    isLive(session);
    age(session, "used_at = used_at - interval '25 minutes'");

    assertThat(isLive(session)).isTrue();
  }

  @Test
  @DisplayName("A lease is live for its own account alone")
  void anothersLease() {
    JsonObject session = take(a);

    assertThat(isLive(UUID.fromString(session.getString("id")), UUID.randomUUID())).isFalse();
    assertThat(isLive(UUID.randomUUID(), account())).isFalse();
  }

  @Test
  @DisplayName("Without a reason, a school or the permission there is no lease")
  void refused() {
    String token = gateway.signIn(EMPLOYEE);
    for (String bad :
        List.of(
            "{}",
            "{\"school\":\"" + a.id() + "\"}",
            "{\"school\":\"" + a.id() + "\",\"reason\":\"  \"}",
            "{\"reason\":\"support ticket\"}")) {
      assertThat(gateway.send("PUT", "/employee-session", token, bad).statusCode()).isEqualTo(400);
    }
    assertThat(put(token, UUID.randomUUID()).statusCode()).isEqualTo(404);
    for (String other :
        List.of(
            a.adminToken(),
            gateway.signIn(Person.employee("onboarding")),
            gateway.signIn(Person.employee("dpo")))) {
      assertThat(put(other, a.id()).statusCode()).isEqualTo(404);
    }
  }

  @Test
  @DisplayName("Both schools' logs say that they were taken and left, with ids alone")
  void recorded() {
    JsonObject first = take(a);
    take(b);

    assertThat(Outbox.events("lease.taken", a.id()))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getString("concerns")).isEqualTo(first.getString("id"));
              assertThat(event.getString("actor")).isEqualTo(account().toString());
              assertThat(event.encode()).doesNotContain("ticket");
            });
    assertThat(Outbox.events("lease.ended", a.id()))
        .singleElement()
        .satisfies(
            event -> assertThat(event.getString("concerns")).isEqualTo(first.getString("id")));
    assertThat(Outbox.events("lease.taken", b.id())).hasSize(1);
  }

  @Test
  @Proves("D2")
  @DisplayName("Only the services may ask about a lease")
  void peers() {
    JsonObject session = take(a);
    for (String peer : List.of("gateway", "stranger", "identity")) {
      assertThatThrownBy(() -> isLive(peer, UUID.fromString(session.getString("id")), account()))
          .isInstanceOf(StatusRuntimeException.class);
    }
  }

  private JsonObject take(SampleSchool school) {
    HttpResponse<String> answer = put(gateway.signIn(EMPLOYEE), school.id());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  private HttpResponse<String> put(String token, UUID school) {
    String body =
        new JsonObject().put("school", school.toString()).put("reason", "support ticket").encode();
    return gateway.send("PUT", "/employee-session", token, body);
  }

  private UUID account() {
    return UUID.fromString(Gateway.claims(gateway.signIn(EMPLOYEE)).getString("sub"));
  }

  private boolean isLive(JsonObject session) {
    return isLive(UUID.fromString(session.getString("id")), account());
  }

  private static boolean isLive(UUID lease, UUID account) {
    return isLive("grades", lease, account);
  }

  private static boolean isLive(String peer, UUID lease, UUID account) {
    try (PeerChannel channel = PeerChannel.open(Gateway.address(), TestKit.current(), peer)) {
      return AccessChecksGrpc.newBlockingStub(channel.bare())
          .checkLease(
              CheckLeaseRequest.newBuilder()
                  .setLease(lease.toString())
                  .setAccount(account.toString())
                  .build())
          .getLive();
    }
  }

  private static void age(JsonObject session, String change) throws SQLException {
    try (Connection superuser = TestKit.current().superuser()) {
      superuser
          .createStatement()
          .execute(
              "update employee_lease set "
                  + change
                  + " where lease_id = '"
                  + session.getString("id")
                  + "'");
    }
  }

  private static Scope scope(String token) {
    return ScopeText.read(Gateway.claims(token).getString("ps_scope"));
  }
}
