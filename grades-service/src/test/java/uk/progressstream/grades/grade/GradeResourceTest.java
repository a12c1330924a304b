package uk.progressstream.grades.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.progressstream.grades.grade.SampleGrades.A1;
import static uk.progressstream.grades.grade.SampleGrades.A2;
import static uk.progressstream.grades.grade.SampleGrades.B1;
import static uk.progressstream.grades.grade.SampleGrades.PUPILS;
import static uk.progressstream.grades.grade.SampleGrades.SCHOOL_A;
import static uk.progressstream.grades.grade.SampleGrades.SCHOOL_B;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.platform.scope.ClassCell;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.ServiceClient;
import uk.progressstream.provisioning.testing.ServiceTestResource;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

@QuarkusTest
@WithTestResource(
    value = ServiceTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "grades"))
class GradeResourceTest {
  private static final String GRADES = "/grades/v1/grades";

  @TestHTTPResource(value = "/", tls = true)
  URL service;

  private final UUID account = UUID.randomUUID();
  private TestKit kit;
  private ServiceClient gateway;

  @BeforeEach
  void seed() throws SQLException {
    kit = TestKit.current();
    gateway = new ServiceClient(service, kit.tlsOf("gateway"));
    try (Connection superuser = kit.superuser()) {
      SampleGrades.seed(superuser);
    }
  }

  @Test
  @Proves("D9")
  @DisplayName("A teacher reads exactly the classes of the cluster")
  void aTeacherReadsExactlyTheClassesOfTheCluster() {
    HttpResponse<String> answer = gateway.get(GRADES, teacher(A1));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(classesIn(answer)).hasSize(PUPILS).containsOnly(A1.schoolClass().toString());
  }

  @Test
  @Proves("D9")
  @DisplayName("A teacher who asks for another class or another school gets nothing")
  void anotherClassIsEmpty() {
    assertThat(gateway.get(GRADES + "?class=", teacher(A1)).statusCode())
        .as("left empty by an app: not all that there is")
        .isEqualTo(400);
    assertThat(classesIn(gateway.get(GRADES + "?class=" + A2.schoolClass(), teacher(A1))))
        .isEmpty();
    assertThat(classesIn(gateway.get(GRADES + "?class=" + B1.schoolClass(), teacher(A1))))
        .isEmpty();
  }

  @Test
  @Proves("D9")
  @DisplayName("A school admin reads the school and no other")
  void anAdminReadsTheSchool() {
    String admin = token(Tokens.schools(account, Set.of(SCHOOL_A), "grades:read"));

    assertThat(classesIn(gateway.get(GRADES, admin)))
        .hasSize(2 * PUPILS)
        .containsOnly(A1.schoolClass().toString(), A2.schoolClass().toString());
  }

  @Test
  @Proves("D9")
  @DisplayName("A genuine token around a forged seal reads nothing")
  void aForgedSealReadsNothing() {
    Scope scope = Tokens.schools(account, Set.of(SCHOOL_A, SCHOOL_B), "grades:read");
    String token = kit.tokens().mint(kit.tokens().forged(scope), "admin", Set.of("grades"));

    HttpResponse<String> answer = gateway.get(GRADES, token);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).doesNotContain(SCHOOL_A.toString());
  }

  @Test
  @DisplayName("Without a token, with another service's or an expired one: 401 as problem details")
  void aBadTokenIsRefused() {
    Scope scope = Tokens.schools(account, Set.of(SCHOOL_A), "grades:read");
    String foreign = kit.tokens().mint(kit.tokens().sealed(scope), "admin", Set.of("audit"));
    String expired = token(Tokens.expired(scope));

    for (String token : new String[] {null, "nonsense", foreign, expired}) {
      HttpResponse<String> answer = gateway.get(GRADES, token);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("content-type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
      assertThat(new JsonObject(answer.body()).getString("type"))
          .isEqualTo("urn:progress-stream:problem:unauthenticated");
    }
  }

  @Test
  @DisplayName("Without the permission it answers like something that is not there")
  void withoutPermissionNotFound() {
    HttpResponse<String> answer =
        gateway.get(GRADES, token(Tokens.schools(account, Set.of(SCHOOL_A), "audit:read")));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(new JsonObject(answer.body()).getString("traceId")).isNotBlank();
  }

  @Test
  @Proves("D2")
  @DisplayName(
      "No certificate, a foreign or an expired one opens no connection; another service's opens no REST path")
  void onlyTheGatewayGetsIn() {
    for (var tls :
        new javax.net.ssl.SSLContext[] {
          kit.tlsOfNobody(), kit.foreignTlsOf("gateway"), kit.expiredTlsOf("gateway")
        }) {
      assertThatThrownBy(() -> new ServiceClient(service, tls).get(GRADES, teacher(A1)))
          .isInstanceOf(UncheckedIOException.class);
    }
    assertThat(
            new ServiceClient(service, kit.tlsOf("ingest")).get(GRADES, teacher(A1)).statusCode())
        .isEqualTo(403);
  }

  @Test
  @DisplayName("A read leaves its record in the same transaction, with ids and counts only")
  void aReadIsRecorded() throws SQLException, NoSuchAlgorithmException {
    HttpResponse<String> read = gateway.get(GRADES + "?class=" + A1.schoolClass(), teacher(A1));

    JsonObject record = lastEvent("grades.read");
    assertThat(record.getString("actor")).isEqualTo(account.toString());
    assertThat(record.getLong("rows")).isEqualTo(PUPILS);
    assertThat(record.getLong("pupils")).isEqualTo(PUPILS);
    assertThat(record.getString("digest")).isEqualTo(digestOfPupils(read.body()));
    assertThat(record.getJsonArray("classes")).containsExactly(A1.schoolClass().toString());
  }

  /** As a school would check a record: from the ps_ids that it was given. */
  private static String digestOfPupils(String page) throws NoSuchAlgorithmException {
    String sorted =
        new JsonObject(page)
            .getJsonArray("items").stream()
                .map(item -> ((JsonObject) item).getString("psId").replace("-", ""))
                .distinct()
                .sorted()
                .collect(Collectors.joining());
    byte[] bytes = HexFormat.of().parseHex(sorted);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  @Proves("D3")
  @DisplayName("A name in a query parameter gets into no record")
  void aNameAsFilterIsNotRecorded() throws SQLException {
    assertThat(gateway.get(GRADES + "?subject=Zebedee+Quill", teacher(A1)).statusCode())
        .isEqualTo(200);
    assertThat(gateway.get(GRADES + "?kind=Zebedee", teacher(A1)).statusCode()).isEqualTo(400);

    assertThat(lastEvent("grades.read").encode()).contains("unmatched").doesNotContain("Zebedee");
  }

  @Test
  @DisplayName("Pages together are the list")
  void pages() {
    String admin = token(Tokens.schools(account, Set.of(SCHOOL_A), "grades:read"));
    JsonObject first = new JsonObject(gateway.get(GRADES + "?limit=4", admin).body());
    JsonObject second =
        new JsonObject(
            gateway.get(GRADES + "?limit=4&after=" + first.getString("next"), admin).body());

    assertThat(first.getJsonArray("items")).hasSize(4);
    assertThat(second.getJsonArray("items")).hasSize(2);
    assertThat(second.getString("next")).isNull();
  }

  private String teacher(ClassCell cell) {
    return kit.tokens()
        .mint(Tokens.classes(account, Set.of(cell), "grades:read", "grades:export"), "teacher");
  }

  private String token(Scope scope) {
    return kit.tokens().mint(scope, "admin");
  }

  private static java.util.List<String> classesIn(HttpResponse<String> answer) {
    JsonArray items = new JsonObject(answer.body()).getJsonArray("items");
    return items.stream().map(item -> ((JsonObject) item).getString("class")).toList();
  }

  private JsonObject lastEvent(String kind) throws SQLException {
    try (Connection superuser = kit.superuser();
        ResultSet rows =
            superuser
                .createStatement()
                .executeQuery(
                    "select body from outbox.event where kind = '"
                        + kind
                        + "' order by occurred_at desc limit 1")) {
      assertThat(rows.next()).isTrue();
      return new JsonObject(rows.getString(1));
    }
  }
}
