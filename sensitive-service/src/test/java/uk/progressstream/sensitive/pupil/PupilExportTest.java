package uk.progressstream.sensitive.pupil;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.progressstream.sensitive.pupil.SampleRows.empty;
import static uk.progressstream.sensitive.pupil.SampleRows.full;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.URL;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.contracts.sensitive.SensitiveRow;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.ServiceClient;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;
import uk.progressstream.sensitive.KeysTestResource;

/** The log does not answer here unless the test answers in its place, in the outbox. */
@QuarkusTest
@Proves("D14")
@WithTestResource(
    value = KeysTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "sensitive"))
class PupilExportTest {
  private static final String EXPORT = "/sensitive/v1/pupils/export";
  private static final int OTHERS = 1200;
  private static final String ANSWERED =
      "update outbox.event set position = 7 where kind = 'sensitive.export' and position is null";

  @TestHTTPResource(value = "/", tls = true)
  URL service;

  private final UUID school = UUID.randomUUID();
  private final UUID schoolClass = UUID.randomUUID();
  private final UUID psId = UUID.randomUUID();
  private TestKit kit;
  private ServiceClient gateway;
  private String admin;

  @BeforeEach
  void store() {
    kit = TestKit.current();
    gateway = new ServiceClient(service, kit.tlsOf("gateway"));
    admin =
        kit.tokens()
            .mint(Tokens.schools(UUID.randomUUID(), Set.of(school), "sensitive:read"), "admin");
    try (IngestPeer ingest = new IngestPeer(service)) {
      ingest.store(school, full(psId, schoolClass));
    }
  }

  @Test
  @DisplayName("While the log gives no answer a download gets no byte")
  void noRecordNoByte() {
    HttpResponse<String> answer = gateway.get(EXPORT, admin);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("retry-after")).isPresent();
    assertThat(answer.body()).doesNotContain(psId.toString());
  }

  @Test
  @DisplayName(
      "A download of several chunks names its record, gives the scope's rows and records how it"
          + " ended")
  void aDownloadIsRecordedBeforeAndAfter() throws SQLException {
    storeOthers();

    HttpResponse<String> answer = download(EXPORT + "?class=" + schoolClass, admin);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/csv"));
    List<String> lines = answer.body().lines().toList();
    assertThat(lines).hasSize(1 + 1 + OTHERS).doesNotHaveDuplicates();
    assertThat(lines.get(0)).isEqualTo(String.join(",", Pupil.COLUMNS));
    assertThat(lines)
        .contains(
            "%s,%s,%s,E,SLCN PMLD,EVER6,N,Y,OTB,N,U,WROM".formatted(psId, school, schoolClass));
    JsonObject ended = ended(answer.headers().firstValue("audit-record").orElseThrow());
    assertThat(ended.getLong("rows")).isEqualTo(1 + OTHERS);
    assertThat(ended.getLong("bytes")).isEqualTo(answer.body().length());
    assertThat(ended.getString("outcome")).isEqualTo("completed");
  }

  @Test
  @DisplayName("A school that has stored nothing yet downloads a header, and no key is made for it")
  void aReaderMakesNoKey() throws SQLException {
    UUID newSchool = UUID.randomUUID();
    Scope reader = Tokens.schools(UUID.randomUUID(), Set.of(newSchool), "sensitive:read");

    HttpResponse<String> answer = download(EXPORT, kit.tokens().mint(reader, "admin"));

    assertThat(answer.body().lines()).hasSize(1);
    assertThat(kit.directory().resolve("keys").resolve(newSchool + ".json")).doesNotExist();
  }

  private void storeOthers() {
    try (IngestPeer ingest = new IngestPeer(service)) {
      for (int batch = 0; batch < 2; batch++) {
        List<SensitiveRow> rows = new ArrayList<>();
        for (int i = 0; i < OTHERS / 2; i++) {
          rows.add(empty(UUID.randomUUID(), schoolClass));
        }
        ingest.store(ingest.uploaderOf(school), school, rows);
      }
    }
  }

  private HttpResponse<String> download(String path, String token) throws SQLException {
    CompletableFuture<HttpResponse<String>> download =
        CompletableFuture.supplyAsync(() -> gateway.get(path, token));
    try (Connection superuser = kit.superuser()) {
      while (!download.isDone()) {
        superuser.createStatement().execute(ANSWERED);
      }
    }
    return download.join();
  }

  private JsonObject ended(String record) throws SQLException {
    String sql =
        "select body from outbox.event where kind = 'sensitive.export.ended' and body like '%"
            + record
            + "%'";
    try (Connection superuser = kit.superuser();
        ResultSet rows = superuser.createStatement().executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return new JsonObject(rows.getString(1));
    }
  }
}
