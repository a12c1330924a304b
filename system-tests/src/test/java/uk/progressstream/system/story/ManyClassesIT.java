package uk.progressstream.system.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import uk.progressstream.local.client.Answer;
import uk.progressstream.local.client.ApiClient;
import uk.progressstream.local.issuer.SampleAccount;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.system.running.LoginPage;
import uk.progressstream.system.running.RunningSystem;
import uk.progressstream.system.running.WholeSystem;

/** The largest token there is, through the gateway, at a school of the test's own. */
@ExtendWith(WholeSystem.class)
@Proves("D12")
class ManyClassesIT {
  private static final int MOST = 200;
  private static final String DOMAIN = "many-classes.example";

  private final RunningSystem system;
  private final LoginPage people;

  ManyClassesIT(RunningSystem system) {
    this.system = system;
    this.people = new LoginPage(system);
  }

  @Test
  @DisplayName(
      "A token of 200 classes passes the gateway and every service; a school gives nobody one class more")
  void twoHundredClasses() {
    String school = onboard();
    ApiClient admin = people.signIn(DOMAIN, "admin");
    List<String> classes = classes(admin, school);
    admin
        .post("/identity/v1/schools/" + school + "/invitations", person("teacher", "teacher"))
        .require(201);
    String teacher =
        people
            .signIn(DOMAIN, "teacher")
            .get("/identity/v1/me")
            .require(200)
            .json()
            .getString("account");
    assign(admin, teacher, school, classes.subList(0, MOST)).require(200);

    ApiClient many = people.signIn(DOMAIN, "teacher");
    JsonObject me = many.get("/identity/v1/me").require(200).json();

    assertThat(me.getJsonArray("schools").getJsonObject(0).getJsonArray("classes")).hasSize(MOST);
    assertThat(many.get("/grades/v1/grades").require(200).items()).isEmpty();

    Answer refused = assign(admin, teacher, school, classes.subList(MOST, MOST + 1)).require(409);

    assertThat(refused.json().getString("type")).endsWith(":too-many-classes");
    people.signIn(DOMAIN, "teacher").get("/grades/v1/grades").require(200);
  }

  private String onboard() {
    return system
        .as(SampleAccount.ONBOARDING)
        .post(
            "/identity/v1/schools",
            new JsonObject()
                .put("name", "School of many classes")
                .put("urn", "999200")
                .put("firstAdmin", person("admin", null)))
        .require(201)
        .json()
        .getString("id");
  }

  private static List<String> classes(ApiClient admin, String school) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i <= MOST; i++) {
      JsonObject request =
          new JsonObject()
              .put("code", "M" + i)
              .put("subject", "Mathematics")
              .put("yearGroup", "10");
      ids.add(
          admin
              .post("/identity/v1/schools/" + school + "/classes", request)
              .require(201)
              .json()
              .getString("id"));
    }
    return ids;
  }

  private static Answer assign(
      ApiClient admin, String teacher, String school, List<String> classes) {
    JsonArray cells = new JsonArray();
    classes.forEach(id -> cells.add(new JsonObject().put("school", school).put("class", id)));
    String cluster =
        admin
            .post(
                "/identity/v1/clusters",
                new JsonObject().put("name", "Many classes").put("cells", cells))
            .require(201)
            .json()
            .getString("id");
    return admin.put("/identity/v1/clusters/" + cluster + "/accounts/" + teacher, new JsonObject());
  }

  private static JsonObject person(String name, @Nullable String role) {
    JsonObject person =
        new JsonObject()
            .put("issuer", "google")
            .put("domain", DOMAIN)
            .put("email", name + "@" + DOMAIN);
    return role == null ? person : person.put("role", role);
  }
}
