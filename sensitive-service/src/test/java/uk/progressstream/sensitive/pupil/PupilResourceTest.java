package uk.progressstream.sensitive.pupil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.progressstream.sensitive.pupil.SampleRows.empty;
import static uk.progressstream.sensitive.pupil.SampleRows.full;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.platform.scope.ClassCell;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.ServiceClient;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;
import uk.progressstream.sensitive.KeysTestResource;

@QuarkusTest
@WithTestResource(
    value = KeysTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "sensitive"))
class PupilResourceTest {
  private static final String PUPILS = "/sensitive/v1/pupils";

  @TestHTTPResource(value = "/", tls = true)
  URL service;

  private final UUID account = UUID.randomUUID();
  private final UUID school = UUID.randomUUID();
  private final UUID otherSchool = UUID.randomUUID();
  private final UUID class1 = UUID.randomUUID();
  private final UUID class2 = UUID.randomUUID();
  private final UUID classElsewhere = UUID.randomUUID();
  private final UUID psId = UUID.randomUUID();
  private TestKit kit;
  private ServiceClient gateway;

  @BeforeEach
  void store() {
    kit = TestKit.current();
    gateway = new ServiceClient(service, kit.tlsOf("gateway"));
    try (IngestPeer ingest = new IngestPeer(service)) {
      ingest.store(school, full(psId, class1), empty(UUID.randomUUID(), class1, class2));
      ingest.store(otherSchool, full(UUID.randomUUID(), classElsewhere));
    }
  }

  @Test
  @DisplayName("What was stored is read: codes as they came, null where not said")
  void whatWasStoredIsRead() {
    List<JsonObject> pupils = items(gateway.get(PUPILS + "?class=" + class1, admin()));

    assertThat(pupils).hasSize(2);
    JsonObject pupil =
        pupils.stream()
            .filter(each -> each.getString("psId").equals(psId.toString()))
            .findFirst()
            .orElseThrow();
    assertThat(pupil)
        .isEqualTo(
            new JsonObject()
                .put("psId", psId.toString())
                .put("school", school.toString())
                .put("class", class1.toString())
                .put("senProvision", "E")
                .put("senTypes", List.of("SLCN", "PMLD"))
                .put("pupilPremium", "EVER6")
                .put("fsm", "N")
                .put("fsm6", "Y")
                .put("eal", "OTB")
                .put("lookedAfter", "N")
                .put("serviceChild", "U")
                .put("ethnicity", "WROM"));
    assertThat(pupils.stream().filter(each -> each.getString("fsm") == null)).hasSize(1);
  }

  @Test
  @Proves("D9")
  @DisplayName(
      "An admin reads the school and no other; whoever has one class reads that class alone")
  void theScopeIsAllThatIsRead() {
    Scope oneClass =
        Tokens.classes(account, Set.of(new ClassCell(school, class2)), "sensitive:read");
    String helper = token(oneClass);

    assertThat(classesIn(gateway.get(PUPILS, admin())))
        .containsExactlyInAnyOrder(class1, class1, class2);
    assertThat(classesIn(gateway.get(PUPILS + "?class=" + classElsewhere, admin()))).isEmpty();
    assertThat(classesIn(gateway.get(PUPILS, helper))).containsExactly(class2);
    assertThat(classesIn(gateway.get(PUPILS + "?class=" + class1, helper))).isEmpty();
  }

  @Test
  @Proves("D5")
  @DisplayName(
      "A teacher of the class without sensitive:read, or a school's reader of grades, gets nothing")
  void thePermissionIsNeededAsWellAsTheScope() {
    Scope teacher = Tokens.classes(account, Set.of(new ClassCell(school, class1)), "grades:read");
    Scope reader = Tokens.schools(account, Set.of(school), "grades:read", "sensitive:write");

    for (Scope scope : List.of(teacher, reader)) {
      assertThat(gateway.get(PUPILS, token(scope)).statusCode()).isEqualTo(404);
      assertThat(gateway.get(PUPILS + "/export", token(scope)).statusCode()).isEqualTo(404);
    }
  }

  @Test
  @Proves("D9")
  @DisplayName(
      "A genuine token around a forged seal reads nothing; none, or an expired one, is refused")
  void aBadTokenReadsNothing() {
    Scope scope = Tokens.schools(account, Set.of(school), "sensitive:read");
    String forged = kit.tokens().mint(kit.tokens().forged(scope), "admin", Set.of("sensitive"));

    assertThat(gateway.get(PUPILS, forged).statusCode()).isEqualTo(404);
    assertThat(gateway.get(PUPILS, null).statusCode()).isEqualTo(401);
    assertThat(gateway.get(PUPILS, token(Tokens.expired(scope))).statusCode()).isEqualTo(401);
  }

  @Test
  @Proves("D2")
  @DisplayName(
      "No certificate, a foreign or an expired one opens no connection; another service's opens no"
          + " REST path")
  void onlyTheGatewayGetsIn() {
    SSLContext[] strangers = {
      kit.tlsOfNobody(), kit.foreignTlsOf("gateway"), kit.expiredTlsOf("gateway")
    };
    for (SSLContext tls : strangers) {
      assertThatThrownBy(() -> new ServiceClient(service, tls).get(PUPILS, admin()))
          .isInstanceOf(UncheckedIOException.class);
    }
    ServiceClient grades = new ServiceClient(service, kit.tlsOf("grades"));
    assertThat(grades.get(PUPILS, admin()).statusCode()).isEqualTo(403);
  }

  @Test
  @DisplayName("A read leaves its record in the same transaction, with ids and counts only")
  void aReadIsRecorded() throws SQLException {
    gateway.get(PUPILS + "?class=" + class1, admin());

    JsonObject record = eventOf("sensitive.read");
    assertThat(record.getLong("rows")).isEqualTo(2);
    assertThat(record.getLong("pupils")).isEqualTo(2);
    assertThat(record.getJsonArray("classes")).containsExactly(class1.toString());
    assertThat(record.encode()).doesNotContain(psId.toString(), "WROM");
  }

  @Test
  @DisplayName("Pages together are the list")
  void pages() {
    JsonObject first = new JsonObject(gateway.get(PUPILS + "?limit=2", admin()).body());
    String next = first.getString("next");
    JsonObject second =
        new JsonObject(gateway.get(PUPILS + "?limit=2&after=" + next, admin()).body());

    assertThat(first.getJsonArray("items")).hasSize(2);
    assertThat(second.getJsonArray("items")).hasSize(1);
    assertThat(second.getString("next")).isNull();
    assertThat(gateway.get(PUPILS + "?after=x", admin()).statusCode()).isEqualTo(400);
  }

  @Test
  @DisplayName(
      "A school that has stored nothing yet reads an empty list, and no key is made for it")
  void aReaderMakesNoKey() {
    UUID newSchool = UUID.randomUUID();
    String reader = token(Tokens.schools(account, Set.of(newSchool), "sensitive:read"));

    assertThat(items(gateway.get(PUPILS, reader))).isEmpty();
    assertThat(kit.directory().resolve("keys").resolve(newSchool + ".json")).doesNotExist();
  }

  private String admin() {
    return token(Tokens.schools(account, Set.of(school), "sensitive:read", "sensitive:write"));
  }

  private String token(Scope scope) {
    return kit.tokens().mint(scope, "admin");
  }

  private static List<JsonObject> items(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(200);
    return new JsonObject(answer.body())
        .getJsonArray("items").stream().map(JsonObject.class::cast).toList();
  }

  private static List<UUID> classesIn(HttpResponse<String> answer) {
    return items(answer).stream().map(item -> UUID.fromString(item.getString("class"))).toList();
  }

  private JsonObject eventOf(String kind) throws SQLException {
    String sql =
        "select body from outbox.event where kind = '%s' and body like '%%%s%%'"
            .formatted(kind, account);
    try (Connection superuser = kit.superuser();
        ResultSet rows = superuser.createStatement().executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return new JsonObject(rows.getString(1));
    }
  }
}
