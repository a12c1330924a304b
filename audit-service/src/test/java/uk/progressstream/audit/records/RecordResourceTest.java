package uk.progressstream.audit.records;

import static java.util.Comparator.comparingLong;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URL;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.progressstream.audit.EventFeed;
import uk.progressstream.audit.TestLog;
import uk.progressstream.audit.publication.ServedLog;
import uk.progressstream.contracts.events.Event;
import uk.progressstream.log.commitment.Disclosure;
import uk.progressstream.log.commitment.ExportedRecord;
import uk.progressstream.log.note.LogProof;
import uk.progressstream.log.tree.NotVerifiedException;
import uk.progressstream.log.verify.Verifier;
import uk.progressstream.platform.scope.ClassCell;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.ServiceClient;
import uk.progressstream.provisioning.testing.ServiceTestResource;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

@QuarkusTest
@WithTestResource(TestLog.class)
@WithTestResource(
    value = ServiceTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "audit"))
class RecordResourceTest {
  private static final String RECORDS = "/audit/v1/records";

  @TestHTTPResource(value = "/", tls = true)
  URL service;

  private final UUID account = UUID.randomUUID();
  private final UUID school = UUID.randomUUID();
  private final UUID otherSchool = UUID.randomUUID();
  private TestKit kit;
  private ServiceClient gateway;
  private EventFeed feed;
  private Event download;

  @BeforeEach
  void append() {
    kit = TestKit.current();
    gateway = new ServiceClient(service, kit.tlsOf("gateway"));
    feed = new EventFeed(service, kit, "grades", school);
    download = feed.next("grades.export", EventFeed.body(account));
    feed.deliver(download, feed.next("grades.read", EventFeed.body()));
    EventFeed other = new EventFeed(service, kit, "grades", otherSchool);
    other.deliver(other.next(2));
  }

  @Test
  @Proves("D14")
  @DisplayName("a school's admin sees who downloaded what and when, with its place in the log")
  void anAdminSeesWhoDownloadedWhat() {
    JsonObject record = items("?kind=grades.export").get(0);

    assertThat(record.getString("id")).isEqualTo(download.getId());
    assertThat(record.getString("kind")).isEqualTo("grades.export");
    assertThat(record.getString("school")).isEqualTo(school.toString());
    assertThat(record.getString("when")).isEqualTo("2026-11-24T09:00:00.123456Z");
    assertThat(record.getString("purpose")).isEqualTo("teaching");
    assertThat(record.getString("outcome")).isEqualTo("allowed");
    assertThat(record.getJsonObject("who").getString("account")).isEqualTo(account.toString());
    assertThat(record.getJsonObject("who").getString("role")).isEqualTo("teacher");
    JsonObject what = record.getJsonObject("what");
    assertThat(what.getString("resource")).isEqualTo("grades");
    assertThat(what.getLong("rows")).isEqualTo(25);
    assertThat(what.getJsonArray("columns")).containsExactly("psId", "grade");
    assertThat(what.getJsonObject("filter").getString("subject")).isEqualTo("Mathematics");
    assertThat(record.getLong("leafIndex")).isNotNegative();
    assertThat(record.getBoolean("erased")).isFalse();
  }

  @Test
  @Proves({"D9", "D14"})
  @DisplayName("another school's records, and the company's own, are not there")
  void anotherSchoolsRecordsAreNotThere() {
    EventFeed company = new EventFeed(service, kit, "identity", new UUID(0, 0));
    // Other tests of this database may have written company events before.
    long next = lastCompanySequence();
    Event own = company.event("identity.sign-in", next + 1, EventFeed.body());
    company.deliver(own);

    assertThat(items(""))
        .hasSize(2)
        .allMatch(each -> each.getString("school").equals(school.toString()));
    assertThat(gateway.get(RECORDS + "/" + own.getId(), admin()).statusCode()).isEqualTo(404);
    String foreign = token(Tokens.schools(account, Set.of(otherSchool), "audit:read"));
    assertThat(gateway.get(RECORDS + "/" + download.getId(), foreign).statusCode()).isEqualTo(404);
    assertThat(gateway.get(RECORDS + "/" + download.getId() + "/proof", foreign).statusCode())
        .isEqualTo(404);
  }

  @Test
  @Proves("D9")
  @DisplayName("no token, no permission, a scope of classes, a forged seal: no record")
  void withoutAScopeThereIsNothing() {
    Scope scope = Tokens.schools(account, Set.of(school), "audit:read");
    String forged = kit.tokens().mint(kit.tokens().forged(scope), "admin", Set.of("audit"));
    Scope classes =
        Tokens.classes(account, Set.of(new ClassCell(school, UUID.randomUUID())), "audit:read");

    assertThat(gateway.get(RECORDS, null).statusCode()).isEqualTo(401);
    assertThat(
            gateway
                .get(RECORDS, token(Tokens.schools(account, Set.of(school), "grades:read")))
                .statusCode())
        .isEqualTo(404);
    assertThat(gateway.get(RECORDS, forged).statusCode()).isEqualTo(404);
    assertThat(gateway.get(RECORDS, token(classes)).statusCode()).isEqualTo(404);
  }

  @Test
  @DisplayName("filters and pages: newest first, each record once")
  void filtersAndPages() {
    feed.deliver(feed.next(5));

    assertThat(items("?actor=" + account)).hasSize(1);
    assertThat(items("?kind=grades.export")).hasSize(6);
    assertThat(items("?from=2026-11-24T09:00:00Z&to=2026-11-24T09:00:01Z")).hasSize(7);
    assertThat(items("?to=2026-11-24T09:00:00Z")).isEmpty();
    JsonObject first = answer("?limit=4&kind=grades.export");
    JsonObject second = answer("?limit=4&kind=grades.export&after=" + first.getString("next"));
    assertThat(first.getJsonArray("items")).hasSize(4);
    assertThat(second.getJsonArray("items")).hasSize(2);
    assertThat(second.getString("next")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?from=yesterday",
        "?from=2026-11-24T09:00:01Z&to=2026-11-24T09:00:01Z",
        "?actor=me",
        "?kind=x%27--",
        "?after=x",
        "?after=1%27",
        "?class=9A",
        "?outcome=maybe"
      })
  void whatIsNotUnderstoodIsABadRequest(String query) {
    assertThat(gateway.get(RECORDS + query, admin()).statusCode()).isEqualTo(400);
  }

  @Test
  @Proves("D14")
  @DisplayName("a record's proof stands alone, and its record is the one that the school was shown")
  void aProofStandsAlone() {
    String proof = gateway.get(RECORDS + "/" + download.getId() + "/proof", admin()).body();
    ServedLog log = new ServedLog(service, kit);
    Verifier verifier = new Verifier(log.key(), path -> new byte[0]);

    assertThat(verifier.proof(proof).size()).isPositive();
    JsonObject extra =
        new JsonObject(new String(LogProof.of(proof).extra(), StandardCharsets.UTF_8));
    JsonObject record = extra.getJsonObject("record");
    JsonObject shown =
        new JsonObject(gateway.get(RECORDS + "/" + download.getId(), admin()).body());
    assertThat(shown.getMap()).containsAllEntriesOf(record.getMap());
    assertThat(LogProof.of(proof).index()).isEqualTo(shown.getLong("leafIndex"));
  }

  @Test
  @Proves("D14")
  @DisplayName("a record changed in the log's own database no longer proves itself")
  void aChangedRecordDoesNotProveItself() throws SQLException {
    execute("update record set body = replace(body, '\"rows\":25', '\"rows\":1')");
    String proof = gateway.get(RECORDS + "/" + download.getId() + "/proof", admin()).body();

    ServedLog log = new ServedLog(service, kit);
    assertThatThrownBy(() -> new Verifier(log.key(), path -> new byte[0]).proof(proof))
        .isInstanceOf(NotVerifiedException.class);
  }

  @Test
  @Proves("D14")
  @DisplayName(
      "a download of records: each with its salt and leaf, the record of itself among them")
  void aDownloadOfRecords() throws SQLException {
    HttpResponse<String> answer = gateway.get(RECORDS + "/export", admin());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith("text/plain");
    String itself = answer.headers().firstValue("audit-record").orElseThrow();
    List<ExportedRecord> lines = answer.body().lines().map(ExportedRecord::of).toList();
    assertThat(lines).hasSize(3).isSortedAccordingTo(comparingLong(ExportedRecord::leafIndex));
    assertThat(lines.get(2).place().id()).isEqualTo(itself);
    ExportedRecord first = lines.get(0);
    assertThat(first.place().id()).isEqualTo(download.getId());
    LogProof proof =
        LogProof.of(gateway.get(RECORDS + "/" + download.getId() + "/proof", admin()).body());
    assertThat(first.leafIndex()).isEqualTo(proof.index());
    assertThat(Objects.requireNonNull(first.disclosure()).entry())
        .isEqualTo(Disclosure.of(proof.extra()).entry());
    assertThat(outboxBodies("records.export.ended"))
        .hasSize(1)
        .allMatch(body -> body.getString("concerns").equals(itself))
        .allMatch(body -> body.getLong("rows") == 3)
        .allMatch(body -> body.getLong("bytes") == answer.body().length())
        .allMatch(body -> body.getString("outcome").equals("completed"));
  }

  @Test
  @Proves("D14")
  @DisplayName("while the log takes nothing in, a download of records gets no byte")
  void noRecordNoByte() throws SQLException {
    try (Connection superuser = kit.superuser()) {
      superuser.setAutoCommit(false);
      superuser.createStatement().execute("select size from head for update");
      HttpResponse<String> answer = gateway.get(RECORDS + "/export", admin());
      superuser.rollback();

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).doesNotContain(download.getId());
    }
  }

  @Test
  @Proves("D9")
  @DisplayName(
      "another school's records are not in a download, and without the permission there is none")
  void aDownloadIsOfTheOwnSchool() {
    String foreign = token(Tokens.schools(account, Set.of(otherSchool), "audit:read"));
    String teacher = token(Tokens.schools(account, Set.of(school), "grades:export"));

    assertThat(gateway.get(RECORDS + "/export", foreign).body())
        .contains(otherSchool.toString())
        .doesNotContain(school.toString());
    assertThat(gateway.get(RECORDS + "/export", teacher).statusCode()).isEqualTo(404);
  }

  @Test
  @DisplayName("records of a class, and of an outcome")
  void byClassAndOutcome() {
    String touched = UUID.randomUUID().toString();
    feed.deliver(
        feed.next("grades.read", EventFeed.body().put("classes", new JsonArray().add(touched))),
        feed.next("grades.read", EventFeed.body().put("outcome", "refused")));

    assertThat(items("?class=" + touched)).hasSize(1);
    assertThat(items("?outcome=refused")).hasSize(1);
    // The log's own record of the questions above may be there already.
    assertThat(items("?outcome=allowed"))
        .filteredOn(record -> record.getString("source").equals("grades"))
        .hasSize(3);
  }

  @Test
  @Proves("D14")
  @DisplayName("reading the log is recorded too: the list, the record and the proof")
  void readingIsRecorded() throws SQLException {
    items("?kind=grades.export");
    gateway.get(RECORDS + "/" + download.getId(), admin());
    gateway.get(RECORDS + "/" + download.getId() + "/proof", admin());

    try (Connection superuser = kit.superuser();
        ResultSet rows =
            superuser
                .createStatement()
                .executeQuery(
                    "select count(*), min(body) from outbox.event where kind = 'audit.read'"
                        + " and school_id = '"
                        + school
                        + "'")) {
      rows.next();
      assertThat(rows.getInt(1)).isEqualTo(3);
      assertThat(rows.getString(2)).contains(account.toString());
    }
  }

  private List<JsonObject> outboxBodies(String kind) throws SQLException {
    List<JsonObject> bodies = new ArrayList<>();
    try (Connection superuser = kit.superuser();
        ResultSet rows =
            superuser
                .createStatement()
                .executeQuery(
                    "select body from outbox.event where kind = '%s' and school_id = '%s'"
                        .formatted(kind, school))) {
      while (rows.next()) {
        bodies.add(new JsonObject(rows.getString(1)));
      }
    }
    return bodies;
  }

  private long lastCompanySequence() {
    try (Connection superuser = kit.superuser();
        ResultSet row =
            superuser
                .createStatement()
                .executeQuery(
                    "select coalesce(max(sequence), 0) from inbox where source = 'identity'"
                        + " and school_id = '00000000-0000-0000-0000-000000000000'")) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void execute(String update) throws SQLException {
    try (Connection superuser = kit.superuser()) {
      superuser.createStatement().execute(update + " where id = '" + download.getId() + "'");
    }
  }

  private List<JsonObject> items(String query) {
    return answer(query).getJsonArray("items").stream().map(JsonObject.class::cast).toList();
  }

  private JsonObject answer(String query) {
    HttpResponse<String> answer = gateway.get(RECORDS + query, admin());
    assertThat(answer.statusCode()).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  private String admin() {
    return token(Tokens.schools(account, Set.of(school), "audit:read"));
  }

  private String token(Scope scope) {
    return kit.tokens().mint(scope, "admin");
  }
}
