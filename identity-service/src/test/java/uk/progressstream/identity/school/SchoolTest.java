package uk.progressstream.identity.school;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.Outbox;
import uk.progressstream.identity.testing.Person;
import uk.progressstream.identity.testing.SampleSchool;
import uk.progressstream.provisioning.proof.Proves;

@QuarkusTest
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
class SchoolTest {
  private Gateway gateway;
  private String onboarding;

  @BeforeEach
  void open() {
    gateway = Gateway.open();
    onboarding = gateway.signIn(Person.employee("onboarding"));
  }

  @Test
  @Proves("D9")
  @DisplayName(
      "Whoever onboards a school gains no access by it: no class, person or invitation of it")
  void onboardingGainsNothing() {
    SampleSchool school = SampleSchool.onboard(gateway);
    school.addClass("10A");

    String again = gateway.signIn(Person.employee("onboarding"));
    assertThat(Gateway.claims(again).getString("ps_scope")).endsWith("|none|");
    for (String what : List.of("classes", "accounts", "invitations", "consents/backup")) {
      assertThat(gateway.get("/schools/" + school.id() + "/" + what, again).statusCode())
          .as(what)
          .isEqualTo(404);
    }
    assertThat(gateway.get("/clusters", again).statusCode()).isEqualTo(404);
    JsonObject listed =
        new JsonObject(gateway.get("/schools?limit=1", again).body())
            .getJsonArray("items")
            .getJsonObject(0);
    assertThat(listed.fieldNames()).containsExactlyInAnyOrder("id", "name", "urn");
  }

  @Test
  @DisplayName("Only onboarding creates schools")
  void onlyOnboarding() {
    SampleSchool school = SampleSchool.onboard(gateway);
    for (String token :
        List.of(
            school.adminToken(),
            gateway.signIn(Person.employee("support")),
            gateway.signIn(Person.employee("dpo")))) {
      assertThat(gateway.post("/schools", token, request("111111")).statusCode()).isEqualTo(404);
    }
    assertThat(gateway.post("/schools", null, request("111111")).statusCode()).isEqualTo(401);
  }

  @Test
  @Proves("D9")
  @DisplayName("An admin lists the own school and no other")
  void anAdminListsTheOwnSchool() {
    SampleSchool school = SampleSchool.onboard(gateway);
    SampleSchool.onboard(gateway);

    JsonObject list = new JsonObject(gateway.get("/schools", school.adminToken()).body());
    assertThat(list.getJsonArray("items")).hasSize(1);
    assertThat(list.getJsonArray("items").getJsonObject(0).getString("id"))
        .isEqualTo(school.id().toString());
  }

  @Test
  void theSameKeyTwiceIsOneSchool() {
    String urn = UUID.randomUUID().toString().substring(0, 8);
    HttpResponse<String> first = post(request(urn), urn);
    HttpResponse<String> again = post(request(urn), urn);

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    UUID school = UUID.fromString(new JsonObject(first.body()).getString("id"));
    assertThat(Outbox.events("school.created", school)).hasSize(1);
    assertThat(post(request("another"), urn).statusCode()).isEqualTo(409);
    assertThat(gateway.post("/schools", onboarding, request(urn)).body()).contains("urn-taken");
  }

  @Test
  void aSchoolThatMakesNoSenseIsExplained() {
    for (String bad :
        List.of(
            "{}", "null", request("no spaces"), "{\"name\":\"x\",\"urn\":\"1\"}", "{\"name\":")) {
      HttpResponse<String> answer = gateway.post("/schools", onboarding, bad);
      assertThat(answer.statusCode()).as(bad).isEqualTo(400);
      assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    }
  }

  private HttpResponse<String> post(String body, String key) {
    return gateway.send("POST", "/schools", onboarding, body, "Idempotency-Key", key);
  }

  private static String request(String urn) {
    return new JsonObject()
        .put("name", "A school")
        .put("urn", urn)
        .put("firstAdmin", new JsonObject(Person.google("a.example", "head").invitation("admin")))
        .encode();
  }
}
