package uk.progressstream.breach.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static uk.progressstream.breach.BreachApi.BREACHES;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URL;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.breach.BreachApi;
import uk.progressstream.breach.OtherPeers;
import uk.progressstream.breach.OtherPeersResource;
import uk.progressstream.contracts.audit.Touch;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.ServiceTestResource;
import uk.progressstream.provisioning.testing.TestKit;

@QuarkusTest
@WithTestResource(
    value = ServiceTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "breach"))
@WithTestResource(OtherPeersResource.class)
class ScopeResourceTest {
  private static final UUID TOUCHED = UUID.randomUUID();
  private static final UUID ALSO_TOUCHED = UUID.randomUUID();
  private static final UUID QUIET = UUID.randomUUID();
  private static final UUID SUSPECT = UUID.randomUUID();
  private static final UUID SOMEBODY = UUID.randomUUID();
  private static final Duration SOON = Duration.ofSeconds(10);

  /** The clock's own sweep asks for the lock alone. */
  private static final String COMPLETION_WAITS =
      "select from pg_locks where locktype = 'advisory' and mode = 'ShareLock' and not granted";

  private static final String COMPANY_SEQUENCE_IS_FREE =
      """
      select from outbox.sequence where school_id = '00000000-0000-0000-0000-000000000000'
      for update skip locked
      """;

  @TestHTTPResource(value = "/", tls = true)
  URL service;

  private BreachApi api;
  private TestKit kit;
  private OtherPeers peers;

  @BeforeEach
  void connect() throws IOException {
    kit = TestKit.current();
    api = new BreachApi(service, kit);
    peers = new OtherPeers(kit);
    peers.logs.put(TOUCHED, List.of(touch(SUSPECT.toString(), 30), touch(SOMEBODY.toString(), 2)));
    peers.logs.put(QUIET, List.of());
    peers.logs.put(ALSO_TOUCHED, List.of(touch(SOMEBODY.toString(), 4)));
  }

  @AfterEach
  void disconnect() {
    peers.close();
  }

  @Test
  @Proves("B1")
  @DisplayName(
      "the log of every school is asked, one errand after another, and each school is named as affected or not")
  void asksEverySchool() {
    JsonObject scope = scopeOf(api.open(Duration.ofMinutes(10)));

    assertThat(schools(scope)).containsExactly(TOUCHED.toString(), ALSO_TOUCHED.toString());
    assertThat(scope.getJsonArray("notAffected")).containsExactly(QUIET.toString());
    assertThat(peers.calls)
        .containsExactly(
            "schools",
            "take breach-scope " + TOUCHED,
            "query " + TOUCHED,
            "end " + TOUCHED,
            "take breach-scope " + QUIET,
            "query " + QUIET,
            "end " + QUIET,
            "take breach-scope " + ALSO_TOUCHED,
            "query " + ALSO_TOUCHED,
            "end " + ALSO_TOUCHED);
    assertThat(
            scope
                .getJsonArray("affected")
                .getJsonObject(0)
                .getJsonArray("touches")
                .getJsonObject(0))
        .isEqualTo(
            new JsonObject()
                .put("actor", SUSPECT.toString())
                .put("role", "teacher")
                .put("kind", "grades.export")
                .put("classes", new JsonArray())
                .put("columns", new JsonArray().add("grade"))
                .put("records", 2)
                .put("rows", 60)
                .put("pupilsAtLeast", 30)
                .put("pupilsAtMost", 60));
  }

  @Test
  @Proves("B1")
  @DisplayName(
      "where accounts are suspected, only their touches count; one with an erased actor is not ruled out")
  void onlySuspects() {
    peers.logs.put(QUIET, List.of(touch("", 1)));
    JsonObject body =
        BreachApi.body(Duration.ofMinutes(10))
            .put("suspectedActors", new JsonArray().add(SUSPECT.toString()));
    String id = new JsonObject(api.post(BREACHES, body).body()).getString("id");

    JsonObject scope = scopeOf(BREACHES + "/" + id);

    assertThat(schools(scope)).containsExactly(TOUCHED.toString(), QUIET.toString());
    assertThat(scope.getJsonArray("notAffected")).containsExactly(ALSO_TOUCHED.toString());
  }

  @Test
  @Proves("B1")
  @DisplayName(
      "while one school's log gives no answer there is no scope: half of it could pass for all")
  void noHalfAnswer() {
    String breach = api.open(Duration.ofMinutes(10));
    peers.logs.put(
        QUIET, List.of(touch(SOMEBODY.toString(), 1).toBuilder().setKind("no.answer").build()));

    HttpResponse<String> answer = api.get(breach + "/scope");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).doesNotContain(TOUCHED.toString());
    assertThat(peers.calls).endsWith("query " + QUIET, "end " + QUIET);
  }

  @Test
  @Proves("B1")
  @DisplayName("no school is left out where there are more of them than identity names at once")
  void everyPage() {
    for (int i = 0; i < 201; i++) {
      peers.logs.put(UUID.randomUUID(), List.of());
    }

    JsonObject scope = scopeOf(api.open(Duration.ofMinutes(10)));

    assertThat(scope.getJsonArray("notAffected")).hasSize(202);
    assertThat(peers.calls).filteredOn(call -> call.equals("schools")).hasSize(2);
  }

  @Test
  @DisplayName("reading the scope is an event of the company's, with counts and no text")
  void isRecorded() throws SQLException {
    String breach = api.open(Duration.ofMinutes(10));
    scopeOf(breach);

    assertThat(event("breach.scope-read", breach).getJsonObject("filter").getMap())
        .containsEntry("schools", "3")
        .containsEntry("affected", "2");
    assertThat(event("breach.opened", breach).encode()).doesNotContain("export by an account");
  }

  @Test
  @Proves("B1")
  @DisplayName(
      "a person's confirmation completes the step scope; a school found later joins, with the same deadline")
  void confirms() throws SQLException {
    String breach = api.open(Duration.ofMinutes(10));

    HttpResponse<String> first = confirm(breach, TOUCHED);
    assertThat(event("breach.scope-confirmed", breach).getJsonObject("filter").getMap())
        .containsEntry("schools", "1");
    assertThat(confirm(breach, TOUCHED).statusCode()).isEqualTo(201);
    assertThat(event("breach.scope-confirmed", breach)).as("once").isNotNull();
    String metAt = api.step(breach, "scope").getString("metAt");
    HttpResponse<String> second = confirm(breach, ALSO_TOUCHED);

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(new JsonObject(second.body()).getJsonArray("schools"))
        .containsExactlyInAnyOrder(TOUCHED.toString(), ALSO_TOUCHED.toString());
    assertThat(api.step(breach, "scope").getString("state")).isEqualTo("met");
    assertThat(api.step(breach, "scope").getString("metAt")).isEqualTo(metAt);
    assertThat(scopeOf(breach).getJsonArray("confirmed")).hasSize(2);
    assertThat(event("breach.step-met", breach).getJsonObject("filter").getMap())
        .containsEntry("step", "scope")
        .containsEntry("state", "met");
  }

  @Test
  @DisplayName("who waits for the clock to fire does not hold what the clock may wait for")
  void noDeadlock() throws Exception {
    String breach = api.open(Duration.ofMinutes(10));
    CompletableFuture<HttpResponse<String>> waits;
    try (Connection clock = kit.superuser();
        Connection other = kit.superuser()) {
      clock.setAutoCommit(false);
      clock.createStatement().execute("select pg_advisory_xact_lock(hashtext('breach.clock'))");
      waits = CompletableFuture.supplyAsync(() -> confirm(breach, TOUCHED));
      await().atMost(SOON).until(() -> isFound(other, COMPLETION_WAITS));

      assertThat(isFound(other, COMPANY_SEQUENCE_IS_FREE)).isTrue();
      clock.rollback();
    }

    assertThat(waits.get(SOON.toSeconds(), TimeUnit.SECONDS).statusCode()).isEqualTo(201);
  }

  @Test
  @DisplayName("nothing is confirmed about a breach that is not there, or without a list")
  void cannotConfirm() {
    assertThat(confirm(BREACHES + "/" + UUID.randomUUID(), TOUCHED).statusCode()).isEqualTo(404);
    assertThat(
            api.post(api.open(Duration.ofMinutes(1)) + "/scope/confirmations", new JsonObject())
                .statusCode())
        .isEqualTo(400);
  }

  private JsonObject scopeOf(String breach) {
    HttpResponse<String> answer = api.get(breach + "/scope");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  private HttpResponse<String> confirm(String breach, UUID school) {
    return api.post(
        breach + "/scope/confirmations",
        new JsonObject().put("schools", new JsonArray().add(school.toString())));
  }

  private static boolean isFound(Connection connection, String query) throws SQLException {
    try (ResultSet rows = connection.createStatement().executeQuery(query)) {
      return rows.next();
    }
  }

  private JsonObject event(String kind, String breach) throws SQLException {
    String id = breach.substring(breach.lastIndexOf('/') + 1);
    String sql =
        "select body from outbox.event where kind = '%s' and body::jsonb ->> 'concerns' = '%s'"
            .formatted(kind, id);
    try (Connection superuser = kit.superuser();
        ResultSet rows = superuser.createStatement().executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      JsonObject event = new JsonObject(rows.getString(1));
      assertThat(rows.next()).as("a second event " + kind).isFalse();
      return event;
    }
  }

  private static List<String> schools(JsonObject scope) {
    return scope.getJsonArray("affected").stream()
        .map(each -> ((JsonObject) each).getString("school"))
        .toList();
  }

  private static Touch touch(String actor, int pupils) {
    return Touch.newBuilder()
        .setActor(actor)
        .setRole("teacher")
        .setKind("grades.export")
        .addColumns("grade")
        .setRecords(2)
        .setRows(2L * pupils)
        .setPupilsAtLeast(pupils)
        .setPupilsAtMost(2L * pupils)
        .build();
  }
}
