package uk.progressstream.identity.classroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.contracts.identity.ClassesRequest;
import uk.progressstream.contracts.identity.DirectoryGrpc;
import uk.progressstream.contracts.identity.SchoolClass;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.Person;
import uk.progressstream.identity.testing.SampleSchool;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.PeerChannel;
import uk.progressstream.provisioning.testing.TestKit;

@QuarkusTest
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
class ClassTest {
  private Gateway gateway;
  private SampleSchool school;
  private String path;

  @BeforeEach
  void onboard() {
    gateway = Gateway.open();
    school = SampleSchool.onboard(gateway);
    path = "/schools/" + school.id() + "/classes";
  }

  @Test
  void classesComeInPages() {
    for (String code : List.of("10A", "10B", "10C")) {
      school.addClass(code);
    }
    String admin = school.adminToken();

    JsonObject first = new JsonObject(gateway.get(path + "?limit=2", admin).body());
    JsonObject second =
        new JsonObject(
            gateway.get(path + "?limit=2&after=" + first.getString("next"), admin).body());

    assertThat(first.getJsonArray("items")).hasSize(2);
    assertThat(second.getJsonArray("items")).hasSize(1);
    assertThat(second.getString("next")).isNull();
    assertThat(second.getJsonArray("items").getJsonObject(0).fieldNames())
        .containsExactlyInAnyOrder("id", "school", "code", "subject", "yearGroup");
  }

  @Test
  @Proves("D9")
  @DisplayName("A teacher lists the classes of the cluster and no others of the same school")
  void aTeacherListsTheOwnClasses() {
    UUID first = school.addClass("10A");
    UUID second = school.addClass("10B");
    Person teacher = school.member("teacher");
    school.clusterFor(teacher, first);
    String token = gateway.signIn(teacher);

    assertThat(codes(gateway.get(path, token))).containsExactly("10A");
    assertThat(gateway.get(path + "/" + second, token).statusCode()).isEqualTo(404);
    assertThat(overGrpc("ingest", token, school.id()))
        .extracting(SchoolClass::getCode)
        .containsExactly("10A");
  }

  @Test
  void aPartnerSystemReadsTheClasses() {
    school.addClass("10A");
    String token = gateway.signIn(school.member("partner-system"));

    assertThat(codes(gateway.get(path, token))).containsExactly("10A");
    assertThat(overGrpc("ingest", token, school.id())).hasSize(1);
    assertThat(gateway.post(path, token, "{}").statusCode()).isIn(400, 404);
  }

  @Test
  @Proves("D9")
  @DisplayName("Another school's people neither read nor make classes here")
  void anotherSchool() {
    school.addClass("10A");
    String other = SampleSchool.onboard(gateway).adminToken();
    String body = "{\"code\":\"X\",\"subject\":\"Art\",\"yearGroup\":\"10\"}";

    assertThat(gateway.get(path, other).statusCode()).isEqualTo(404);
    assertThat(gateway.post(path, other, body).statusCode()).isEqualTo(404);
    assertThatThrownBy(() -> overGrpc("ingest", other, school.id()))
        .isInstanceOf(StatusRuntimeException.class);
    assertThatThrownBy(() -> overGrpc("gateway", school.adminToken(), school.id()))
        .isInstanceOf(StatusRuntimeException.class);
  }

  @Test
  void aCodeIsTakenUntilItsClassCloses() {
    UUID first = school.addClass("10A");
    String body = "{\"code\":\"10A\",\"subject\":\"Art\",\"yearGroup\":\"10\"}";

    HttpResponse<String> taken = gateway.post(path, school.adminToken(), body);
    assertThat(taken.statusCode()).isEqualTo(409);
    assertThat(taken.body()).contains("class-code-taken");
    gateway.send("DELETE", path + "/" + first, school.adminToken(), "");
    assertThat(gateway.post(path, school.adminToken(), body).statusCode()).isEqualTo(201);
    assertThat(gateway.get(path + "/" + first, school.adminToken()).body()).contains("closedAt");
  }

  @Test
  void theSameKeyTwiceIsOneClass() {
    String body = "{\"code\":\"10A\",\"subject\":\"Art\",\"yearGroup\":\"10\"}";
    HttpResponse<String> first = post(body);
    HttpResponse<String> again = post(body);

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(post(body.replace("Art", "Music")).statusCode()).isEqualTo(409);
  }

  @Test
  void aChangeNeedsTheVersionThatWasRead() {
    UUID id = school.addClass("10A");
    String admin = school.adminToken();
    String one = path + "/" + id;
    String etag = gateway.get(one, admin).headers().firstValue("etag").orElseThrow();
    String body = "{\"code\":\"10Z\",\"subject\":\"Art\",\"yearGroup\":\"11\"}";

    assertThat(gateway.send("PUT", one, admin, body).statusCode()).isEqualTo(428);
    HttpResponse<String> changed = gateway.send("PUT", one, admin, body, "If-Match", etag);
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
    assertThat(new JsonObject(changed.body()).getString("code")).isEqualTo("10Z");
    assertThat(changed.headers().firstValue("etag")).isPresent().get().isNotEqualTo(etag);
    assertThat(gateway.send("PUT", one, admin, body, "If-Match", etag).statusCode()).isEqualTo(412);
  }

  @Test
  void aClassThatMakesNoSenseIsExplained() {
    for (String bad : List.of("{}", "{\"code\":\"\",\"subject\":\"Art\",\"yearGroup\":\"1\"}")) {
      HttpResponse<String> answer = gateway.post(path, school.adminToken(), bad);
      assertThat(answer.statusCode()).as(bad).isEqualTo(400);
      assertThat(answer.body()).contains("bad-class");
    }
    HttpResponse<String> nothing = gateway.post(path, school.adminToken(), "null");
    assertThat(nothing.statusCode()).isEqualTo(400);
    assertThat(nothing.body()).contains("unreadable-body");
    assertThat(gateway.get("/schools/nonsense/classes", school.adminToken()).statusCode())
        .isEqualTo(404);
  }

  private HttpResponse<String> post(String body) {
    return gateway.send("POST", path, school.adminToken(), body, "Idempotency-Key", "one");
  }

  private static List<String> codes(HttpResponse<String> answer) {
    JsonArray items = new JsonObject(answer.body()).getJsonArray("items");
    return items.stream().map(item -> ((JsonObject) item).getString("code")).toList();
  }

  private static List<SchoolClass> overGrpc(String peer, String token, UUID school) {
    try (PeerChannel channel = PeerChannel.open(Gateway.address(), TestKit.current(), peer)) {
      return DirectoryGrpc.newBlockingStub(channel.withToken(token))
          .classes(ClassesRequest.newBuilder().setSchool(school.toString()).build())
          .getClassesList();
    }
  }
}
