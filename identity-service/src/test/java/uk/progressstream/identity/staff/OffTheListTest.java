package uk.progressstream.identity.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.contracts.identity.ErrandsGrpc;
import uk.progressstream.contracts.identity.TakeErrandRequest;
import uk.progressstream.identity.seal.OwnScopes;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.Issuers;
import uk.progressstream.identity.testing.Outbox;
import uk.progressstream.identity.testing.Person;
import uk.progressstream.identity.testing.SampleSchool;
import uk.progressstream.identity.testing.ServiceSql;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.scope.SealedScope;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.PeerChannel;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

/** Who is taken off the staff file, or may do less by it, has nothing by it within ten seconds. */
@QuarkusTest
@Proves("D13")
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
class OffTheListTest {
  /** For a busy machine; what adds up to ten seconds is two seconds for each of three loops. */
  private static final Duration WITHIN = Duration.ofSeconds(60);

  /** So long the broken file is looked at again and again. */
  private static final Duration BROKEN = Duration.ofSeconds(5);

  /** An account gets only so many tokens a minute. */
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final String name = "temporary-" + UUID.randomUUID();
  private final Person employee = Person.employee(name);
  private Gateway gateway;
  private SampleSchool school;
  private StaffOnDisk file;

  @BeforeEach
  void open() throws IOException {
    file = new StaffOnDisk();
    gateway = Gateway.open();
    school = SampleSchool.onboard(gateway);
  }

  @AfterEach
  void restore() throws IOException {
    file.restore();
  }

  @Test
  @DisplayName("Off the list: token, lease and errand end, each in its log, and no sign-in is left")
  void off() throws IOException {
    file.with(employee, "session:take", "breach:manage");
    String token = signInWithLease();
    UUID account = UUID.fromString(Gateway.claims(token).getString("sub"));
    String errand = takeErrand(token);

    file.restore();

    within(() -> gateway.get("/me", token).statusCode() == 401);
    assertThat(gateway.exchange(employee.idToken(), Map.of()).statusCode()).isEqualTo(400);
    assertThat(number("employee_lease where ended_at is null and account_id = '" + account + "'"))
        .isZero();
    assertThat(number("errand where ended_at is null and holder_id = '" + account + "'")).isZero();
    assertThat(number("revocation where token_id = '" + errand + "'")).isEqualTo(1);
    assertThat(number("revocation where token_id is null and account_id = '" + account + "'"))
        .isEqualTo(1);
    assertThat(removals(account)).hasSize(1);
    for (String kind : List.of("lease.ended", "errand.ended")) {
      assertThat(Outbox.events(kind, school.id()))
          .as(kind)
          .singleElement()
          .satisfies(
              event ->
                  assertThat(event.getJsonObject("filter").getString("account"))
                      .isEqualTo(account.toString()));
    }
  }

  @Test
  @DisplayName("Fewer permissions: the token with the larger set ends, the next one has the rest")
  void lessened() throws IOException {
    file.with(employee, "session:take", "school:onboard");
    String token = signInWithLease();

    file.with(employee, "school:onboard");

    within(() -> gateway.get("/me", token).statusCode() == 401);
    assertThat(roles(gateway.signIn(employee))).containsExactly("school:onboard");
    assertThat(Outbox.events("lease.ended", school.id())).hasSize(1);
  }

  @Test
  @DisplayName("More permissions: no token ends, and the next one has them within ten seconds")
  void extended() throws IOException {
    file.with(employee, "school:onboard");
    String token = signIn();

    file.with(employee, "school:onboard", "session:take");

    within(() -> roles(gateway.signIn(employee)).contains("session:take"));
    assertThat(gateway.get("/me", token).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("A file that is broken takes nothing from anybody; mended, it counts again")
  void broken() throws IOException {
    file.with(employee, "session:take");
    String token = signInWithLease();
    UUID account = UUID.fromString(Gateway.claims(token).getString("sub"));

    file.write("[{\"issuer\":");
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < BROKEN.toNanos()) {
      assertThat(gateway.get("/me", token).statusCode()).isEqualTo(200);
    }
    file.restore();

    within(() -> gateway.get("/me", token).statusCode() == 401);
    assertThat(removals(account)).hasSize(1);
  }

  @Test
  @DisplayName("What was taken off while no replica ran is found; a lease left behind ends with it")
  void whileDown() throws SQLException {
    UUID account = UUID.randomUUID();
    sql("insert into account values ('%s', 'google', 'i', '%s', now())".formatted(account, name));
    sql(
        "insert into staff (staff_key, account_id, permissions) values ('%s', '%s', '{session:take}')"
            .formatted(key(), account));
    sql(
        "insert into employee_lease (school_id, lease_id, account_id, reason)"
            + " values ('%s', gen_random_uuid(), '%s', 'left behind')"
                .formatted(school.id(), account));

    within(() -> removals(account).size() == 1);
    assertThat(Outbox.events("lease.ended", school.id())).hasSize(1);
  }

  @Test
  @DisplayName("A replica with an older copy of the file lets nobody back in for five minutes")
  void olderCopy() throws IOException, SQLException {
    file.with(employee, "session:take");
    UUID account = UUID.fromString(Gateway.claims(signIn()).getString("sub"));
    file.restore();
    within(() -> removals(account).size() == 1);
    SealedScope signIn =
        TestKit.current().tokens().sealed(Tokens.none(UUID.randomUUID(), OwnScopes.SIGN_IN));
    String bind =
        "select entry.bind_staff('%s', 'google', '%s', '%s', '%s', '{session:take}')"
            .formatted(
                UUID.randomUUID(),
                Issuers.current().nameOf(Issuers.GOOGLE),
                employee.subject(),
                key());

    ServiceSql.column(signIn, bind);
    assertThat(permitted()).isZero();

    sql("update staff set lessened_at = lessened_at - interval '5 minutes'");
    file.with(employee, "session:take");
    ServiceSql.column(signIn, bind);
    assertThat(permitted()).as("five minutes later").isEqualTo(1);
    within(() -> gateway.exchange(employee.idToken(), Map.of()).statusCode() == 200);
  }

  @Test
  @DisplayName("A list that is no list ends nobody's access")
  void noList() throws SQLException {
    gateway.signIn(Person.employee("support"));
    SealedScope staff =
        TestKit.current().tokens().sealed(Tokens.none(UUID.randomUUID(), OwnScopes.STAFF));
    for (String none : List.of("null", "'null'", "'[]'")) {
      assertThatThrownBy(
              () ->
                  ServiceSql.column(
                      staff, "select change from entry.bring_staff(" + none + "::jsonb)"))
          .as(none)
          .isInstanceOf(SQLException.class);
    }
    assertThat(gateway.exchange(Person.employee("support").idToken(), Map.of()).statusCode())
        .isEqualTo(200);
  }

  @Test
  @DisplayName(
      "Who becomes staff loses the tokens of the roles that count for nothing from then on")
  void becomesStaff() throws IOException {
    SampleSchool own = SampleSchool.onboard(gateway, Person.employee(name));
    String token = own.adminToken();
    file.with(employee, "session:take");

    within(() -> roles(gateway.signIn(employee)).contains("session:take"));

    within(() -> gateway.get("/me", token).statusCode() == 401);
  }

  /** Once the file has been read. */
  private String signIn() {
    within(() -> gateway.exchange(employee.idToken(), Map.of()).statusCode() == 200);
    return gateway.signIn(employee);
  }

  private String signInWithLease() {
    String body =
        new JsonObject().put("school", school.id().toString()).put("reason", "a ticket").encode();
    assertThat(gateway.send("PUT", "/employee-session", signIn(), body).statusCode())
        .isEqualTo(200);
    String token = gateway.signIn(employee);
    assertThat(gateway.get("/me", token).statusCode()).isEqualTo(200);
    return token;
  }

  private String takeErrand(String token) {
    try (PeerChannel channel = PeerChannel.open(Gateway.address(), TestKit.current(), "breach")) {
      return ErrandsGrpc.newBlockingStub(channel.withToken(token))
          .take(
              TakeErrandRequest.newBuilder()
                  .setSchool(school.id().toString())
                  .setPurpose("breach-scope")
                  .build())
          .getErrand();
    }
  }

  private String key() {
    return "google|" + Person.COMPANY_DOMAIN + "|" + employee.email();
  }

  private static List<String> roles(String token) {
    return Gateway.claims(token).getJsonArray("roles").stream().map(Object::toString).toList();
  }

  private static List<JsonObject> removals(UUID account) {
    return Outbox.events("staff.removed", AuditEvent.COMPANY).stream()
        .filter(event -> event.getString("concerns").equals(account.toString()))
        .toList();
  }

  private static void within(BooleanSupplier done) {
    await().pollInSameThread().pollInterval(PAUSE).atMost(WITHIN).until(done::getAsBoolean);
  }

  private long permitted() {
    return number("staff where permissions <> '{}' and staff_key = '" + key() + "'");
  }

  private static long number(String what) {
    try (Connection superuser = TestKit.current().superuser();
        ResultSet row = superuser.createStatement().executeQuery("select count(*) from " + what)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void sql(String statement) throws SQLException {
    try (Connection superuser = TestKit.current().superuser()) {
      superuser.createStatement().execute(statement);
    }
  }
}
