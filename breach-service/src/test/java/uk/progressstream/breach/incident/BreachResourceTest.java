package uk.progressstream.breach.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.progressstream.breach.BreachApi.BREACHES;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URL;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.breach.BreachApi;
import uk.progressstream.provisioning.testing.ServiceTestResource;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

@QuarkusTest
@WithTestResource(
    value = ServiceTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "breach"))
class BreachResourceTest {
  private static final Duration AGO = Duration.ofMinutes(10);

  @TestHTTPResource(value = "/", tls = true)
  URL service;

  private TestKit kit;
  private BreachApi api;

  @BeforeEach
  void connect() {
    kit = TestKit.current();
    api = new BreachApi(service, kit);
  }

  @Test
  @DisplayName("an opened breach has the policy's six deadlines, counted from awareness")
  void opens() {
    JsonObject body = BreachApi.body(AGO);

    HttpResponse<String> answer = api.post(BREACHES, body);

    assertThat(answer.statusCode()).isEqualTo(201);
    JsonObject breach = new JsonObject(answer.body());
    assertThat(answer.headers().firstValue("location"))
        .hasValueSatisfying(l -> assertThat(l).endsWith(BREACHES + "/" + breach.getString("id")));
    assertThat(Instant.parse(breach.getString("awareAt")).toEpochMilli())
        .isEqualTo(Instant.parse(body.getString("awareAt")).toEpochMilli());
    List<JsonObject> steps = objects(breach.getJsonArray("steps"));
    assertThat(steps)
        .extracting(step -> step.getString("step"))
        .containsExactly(
            "scope", "notify-schools", "notify-ico", "investigation", "full-report", "publication");
    assertThat(steps)
        .allSatisfy(
            step -> {
              assertThat(step.fieldNames())
                  .containsExactly("step", "clause", "dueAt", "metAt", "state", "remainingSeconds");
              assertThat(step.getString("state")).isEqualTo("open");
              assertThat(step.getString("metAt")).isNull();
            });
    assertThat(steps.get(0).getLong("remainingSeconds")).isBetween(2_980L, 3_000L);
  }

  @Test
  @DisplayName("a repeated request opens nothing new; the same key with another body is refused")
  void idempotent() {
    JsonObject body = BreachApi.body(AGO);
    String key = UUID.randomUUID().toString();

    HttpResponse<String> first = api.post(BREACHES, body, key);
    HttpResponse<String> second = api.post(BREACHES, body, key);
    HttpResponse<String> other = api.post(BREACHES, body.copy().put("summary", "Another"), key);

    assertThat(id(second)).isEqualTo(id(first));
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(timelineOf(BREACHES + "/" + id(first)))
        .filteredOn(entry -> entry.getString("kind").equals("opened"))
        .hasSize(1);
  }

  @Test
  @DisplayName("what is missing, out of order, in the future or names somebody is refused")
  void refuses() {
    JsonObject body = BreachApi.body(AGO);
    String later = Instant.now().plus(AGO).toString();
    List<JsonObject> wrong =
        List.of(
            new JsonObject(),
            body.copy().putNull("awareAt"),
            body.copy().put("awareAt", later),
            body.copy().put("awareAt", "yesterday"),
            body.copy().put("windowFrom", later),
            body.copy().put("summary", "a".repeat(501)),
            body.copy().put("summary", "Sent to head@school.example"),
            body.copy().put("suspectedActors", new JsonArray().add("nobody")));

    assertThat(wrong)
        .allSatisfy(
            each ->
                assertThat(api.post(BREACHES, each).statusCode()).as(each.encode()).isEqualTo(400));
  }

  @Test
  @DisplayName(
      "without the permission breach:manage there is nothing here, for a school's admin too")
  void needsThePermission() {
    String breach = api.open(AGO);
    String admin =
        kit.tokens()
            .mint(
                Tokens.schools(UUID.randomUUID(), Set.of(UUID.randomUUID()), "breach:notices"),
                "data-protection");

    assertThat(api.gateway().get(breach, admin).statusCode()).isEqualTo(404);
    assertThat(api.gateway().get(BREACHES, admin).statusCode()).isEqualTo(404);
    assertThat(api.gateway().post(BREACHES, admin, BreachApi.body(AGO).encode()).statusCode())
        .isEqualTo(404);
    assertThat(api.gateway().get(breach, null).statusCode()).isEqualTo(401);
  }

  @Test
  @DisplayName("a genuine token around a forged seal sees no breach")
  void aForgedSealSeesNothing() {
    String breach = api.open(AGO);
    var scope = Tokens.none(api.account(), "breach:manage");
    String forged = kit.tokens().mint(kit.tokens().forged(scope), "dpo", Set.of("breach"));

    assertThat(api.gateway().get(breach, forged).statusCode()).isEqualTo(404);
    assertThat(api.gateway().post(BREACHES, forged, BreachApi.body(AGO).encode()).statusCode())
        .isEqualTo(404);
  }

  @Test
  @DisplayName("pages together are the list, each breach with its steps")
  void lists() {
    String first = api.open(AGO);
    String second = api.open(AGO);
    List<String> seen = new ArrayList<>();
    String next = "";
    while (next != null) {
      String page = BREACHES + "?limit=1" + (next.isEmpty() ? "" : "&after=" + next);
      JsonObject answer = new JsonObject(api.get(page).body());
      objects(answer.getJsonArray("items"))
          .forEach(
              breach -> {
                assertThat(breach.getJsonArray("steps")).hasSize(6);
                seen.add(BREACHES + "/" + breach.getString("id"));
              });
      next = answer.getString("next");
    }

    assertThat(seen).doesNotHaveDuplicates().containsSubsequence(first, second);
  }

  @Test
  @DisplayName(
      "a step is completed once, by the database's clock; a second completion changes nothing")
  void completes() {
    String breach = api.open(AGO);
    String completions = breach + "/steps/notify-ico/completions";

    HttpResponse<String> first = api.post(completions, new JsonObject());
    HttpResponse<String> second = api.post(completions, new JsonObject());

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(api.step(breach, "notify-ico").getString("state")).isEqualTo("met");
    assertThat(api.step(breach, "notify-ico").getString("metAt"))
        .isEqualTo(new JsonObject(first.body()).getString("metAt"));
    assertThat(api.step(breach, "notify-schools").getString("state")).isEqualTo("open");
  }

  @Test
  @DisplayName("a step that is completed too late stays missed, with the time when it was done")
  void tooLate() {
    String breach = api.open(Duration.ofHours(5));
    assertThat(api.step(breach, "notify-ico").getLong("remainingSeconds")).isNegative();

    api.post(breach + "/steps/notify-ico/completions", new JsonObject());

    JsonObject step = api.step(breach, "notify-ico");
    assertThat(step.getString("state")).isEqualTo("missed");
    assertThat(step.getString("metAt")).isNotNull();
  }

  @Test
  @DisplayName(
      "there is no completing an unknown step, the scope without a confirmation, or a breach that is not there")
  void cannotComplete() {
    String breach = api.open(AGO);
    String nowhere = BREACHES + "/" + UUID.randomUUID();

    assertThat(status(breach + "/steps/coffee/completions")).isEqualTo(404);
    assertThat(status(breach + "/steps/scope/completions")).isEqualTo(409);
    assertThat(status(nowhere + "/steps/notify-ico/completions")).isEqualTo(404);
    assertThat(status(nowhere + "/findings", new JsonObject().put("text", "a text")))
        .isEqualTo(404);
    assertThat(api.get(nowhere).statusCode()).isEqualTo(404);
  }

  @Test
  @DisplayName("findings, evidence and decisions stand in the timeline in order, each once a key")
  void findings() throws SQLException {
    String breach = api.open(AGO);
    String findings = breach + "/findings";
    JsonObject first = new JsonObject().put("text", "The account kept a cluster it had left.");
    JsonObject second = new JsonObject().put("kind", "decision").put("text", "Ended all leases.");

    api.post(findings, first, "first");
    api.post(findings, first, "first");
    api.post(findings, second);

    assertThat(timelineOf(breach))
        .filteredOn(entry -> entry.containsKey("text"))
        .extracting(entry -> entry.getString("kind") + ": " + entry.getString("text"))
        .containsExactly(
            "finding: The account kept a cluster it had left.", "decision: Ended all leases.");
    assertThat(api.post(findings, second, "first").statusCode()).isEqualTo(422);
    assertThat(eventsOfFindings(breach))
        .as("in the log: each once, of which kind, no text")
        .containsExactly("finding", "decision");
    assertThat(status(findings, first.copy().put("kind", "rumour"))).isEqualTo(400);
    assertThat(status(findings, first.copy().put("text", "Pupil H801200001001 was read")))
        .isEqualTo(400);
  }

  private List<String> eventsOfFindings(String breach) throws SQLException {
    List<String> kinds = new ArrayList<>();
    try (Connection superuser = TestKit.current().superuser();
        ResultSet rows =
            superuser
                .createStatement()
                .executeQuery(
                    "select body from outbox.event where kind = 'breach.finding-added'"
                        + " order by sequence")) {
      while (rows.next()) {
        JsonObject body = new JsonObject(rows.getString(1));
        if (breach.endsWith(body.getString("concerns"))) {
          assertThat(body.encode()).doesNotContain("cluster", "leases");
          kinds.add(body.getJsonObject("filter").getString("kind"));
        }
      }
    }
    return kinds;
  }

  private int status(String path) {
    return status(path, new JsonObject());
  }

  private int status(String path, JsonObject body) {
    return api.post(path, body).statusCode();
  }

  private List<JsonObject> timelineOf(String breach) {
    return objects(new JsonObject(api.get(breach).body()).getJsonArray("timeline"));
  }

  private static List<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast).toList();
  }

  private static String id(HttpResponse<String> answer) {
    return new JsonObject(answer.body()).getString("id");
  }
}
