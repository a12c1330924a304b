package uk.progressstream.identity.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.Outbox;
import uk.progressstream.identity.testing.Person;
import uk.progressstream.identity.testing.SampleSchool;
import uk.progressstream.provisioning.testing.TestKit;

@QuarkusTest
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
class RecordedReadsTest {
  private Gateway gateway;
  private SampleSchool school;
  private SampleSchool other;
  private String admin;

  /** Each call that reads, and how the log calls it. */
  private final Map<String, String> reads = new LinkedHashMap<>();

  @BeforeEach
  void onboard() {
    gateway = Gateway.open();
    school = SampleSchool.onboard(gateway);
    other = SampleSchool.onboard(gateway);
    admin = school.adminToken();
    UUID schoolClass = school.addClass("Ma1");
    UUID cluster = school.propose(List.of(SampleSchool.cell(school.id(), schoolClass)));
    String own = "/schools/" + school.id();
    gateway.send("PUT", own + "/consents/backup", admin, "");
    reads.put("/schools", "schools.read");
    reads.put(own + "/accounts", "accounts.read");
    reads.put(own + "/classes", "classes.read");
    reads.put(own + "/classes/" + schoolClass, "classes.read");
    reads.put(own + "/invitations", "invitations.read");
    reads.put(own + "/consents/backup", "consents.read");
    reads.put(own + "/history", "history.read");
    reads.put("/clusters", "clusters.read");
    reads.put("/clusters/" + cluster, "clusters.read");
    reads.put("/clusters/" + cluster + "/history", "history.read");
  }

  @Test
  @DisplayName(
      "each read of a school's people, classes, clusters and history is in its log: who, how many, which")
  void recorded() {
    reads.forEach(
        (path, kind) -> {
          int before = Outbox.events(kind, school.id()).size();

          HttpResponse<String> answer = gateway.get(path, admin);

          assertThat(answer.statusCode()).as(path).isEqualTo(200);
          List<JsonObject> events = Outbox.events(kind, school.id());
          assertThat(events).as(path).hasSize(before + 1);
          JsonObject read = events.get(before);
          assertThat(read.getString("actor"))
              .isEqualTo(school.accountOf(school.admin()).toString());
          assertThat(read.getInteger("rows")).as(path).isEqualTo(rows(answer.body()));
          assertThat(read.getString("digest")).hasSize(64);
        });
    reads.values().forEach(kind -> assertThat(Outbox.events(kind, other.id())).as(kind).isEmpty());
  }

  @Test
  @DisplayName("where the record cannot be written, nothing is given")
  void nothingUnrecorded() throws SQLException {
    execute("alter function outbox.append(uuid, uuid, text, text) rename to away");
    try {
      reads
          .keySet()
          .forEach(
              path -> {
                HttpResponse<String> answer = gateway.get(path, admin);
                assertThat(answer.statusCode()).as(path).isEqualTo(500);
                assertThat(answer.body()).as(path).doesNotContain("Ma1", "items");
              });
    } finally {
      execute("alter function outbox.away(uuid, uuid, text, text) rename to append");
    }
  }

  @Test
  @DisplayName("the company's staff reads the list of schools under the company's own log")
  void staff() {
    int before = Outbox.events("schools.read", new UUID(0, 0)).size();
    String token = gateway.signIn(Person.employee("onboarding"));

    HttpResponse<String> answer = gateway.get("/schools", token);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Outbox.events("schools.read", new UUID(0, 0))).hasSize(before + 1);
    assertThat(Outbox.events("schools.read", school.id())).isEmpty();
  }

  private static int rows(String body) {
    JsonObject json = new JsonObject(body);
    return json.containsKey("items") ? json.getJsonArray("items").size() : 1;
  }

  private static void execute(String sql) throws SQLException {
    try (Connection superuser = TestKit.current().superuser()) {
      superuser.createStatement().execute(sql);
    }
  }
}
