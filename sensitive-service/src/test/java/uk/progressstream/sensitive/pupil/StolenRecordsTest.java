package uk.progressstream.sensitive.pupil;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.progressstream.sensitive.pupil.SampleRows.empty;
import static uk.progressstream.sensitive.pupil.SampleRows.full;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.ServiceClient;
import uk.progressstream.provisioning.testing.StolenDatabase;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;
import uk.progressstream.sensitive.KeysTestResource;

/** What this database gives to somebody who has all of it, and no key. */
@QuarkusTest
@Proves({"D2", "D5"})
@WithTestResource(
    value = KeysTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "sensitive"))
class StolenRecordsTest {
  private static final String PUPILS = "/sensitive/v1/pupils";
  private static final long KEY_LIFETIME_MS = 1_000;

  /** Codes that nothing but an uploaded record would bring into a database. */
  private static final Set<String> CODES =
      Set.of("SLCN", "PMLD", "EVER6", "WROM", "E|SLCN,PMLD", "|OTB|");

  @TestHTTPResource(value = "/", tls = true)
  URL service;

  private final UUID school = UUID.randomUUID();
  private final UUID schoolClass = UUID.randomUUID();
  private final UUID psId = UUID.randomUUID();
  private final UUID twin = UUID.randomUUID();
  private final UUID silent = UUID.randomUUID();
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
      ingest.store(
          school, full(psId, schoolClass), full(twin, schoolClass), empty(silent, schoolClass));
    }
  }

  @Test
  @DisplayName("A dump of every table, outbox included, shows no code that was uploaded")
  void noTableRevealsACode() throws Exception {
    StolenDatabase stolen = StolenDatabase.of(kit);

    assertThat(stolen.foundInRows(CODES)).isEmpty();
    // That the dump is one: what may be known is in it.
    assertThat(stolen.foundInRows(Set.of(psId.toString()))).hasSize(1);
  }

  @Test
  @DisplayName("The raw database files and the write-ahead log hold no code that was uploaded")
  void noFileRevealsACode() throws Exception {
    try (Connection superuser = kit.superuser()) {
      superuser.createStatement().execute("create table if not exists marker (plain text)");
      superuser.createStatement().execute("insert into marker values ('1|K|QXQX,QXQX|CONTROL')");
    }
    StolenDatabase stolen = StolenDatabase.of(kit);

    assertThat(stolen.foundInFiles(CODES)).isEmpty();
    // That the search can find: what was stored in plain is there.
    assertThat(stolen.foundInFiles(Set.of("K|QXQX,QXQX|"))).hasSize(1);
  }

  @Test
  @DisplayName(
      "Two pupils with the same fields, and one with none, cannot be told apart by form or digest")
  void recordsTellNothingByTheirForm() throws SQLException {
    List<String> sealed = column("encode(fields_sealed, 'hex')");
    List<String> digests = column("encode(fields_digest, 'hex')");

    assertThat(sealed).hasSize(3).doesNotHaveDuplicates();
    assertThat(sealed.stream().map(String::length).distinct()).hasSize(1);
    assertThat(digests).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("A record that was moved to another pupil in the database opens no more")
  void aMovedRecordDoesNotOpen() throws SQLException {
    execute(
        "update pupil_record set fields_sealed = (select fields_sealed from pupil_record where"
            + " ps_id = '"
            + psId
            + "') where ps_id = '"
            + silent
            + "'");

    assertThat(gateway.get(PUPILS, admin).statusCode()).isEqualTo(500);
    assertThat(gateway.get(PUPILS, admin).body()).doesNotContain("WROM");
  }

  @Test
  @DisplayName("With the school's key file destroyed no record opens any more, within a second")
  void withoutTheKeyFileNothingOpens() throws Exception {
    assertThat(gateway.get(PUPILS, admin).statusCode()).isEqualTo(200);

    Files.delete(kit.directory().resolve("keys").resolve(school + ".json"));
    Thread.sleep(KEY_LIFETIME_MS);

    assertThat(gateway.get(PUPILS, admin).statusCode()).isEqualTo(503);
    assertThat(gateway.get(PUPILS + "/export", admin).statusCode()).isEqualTo(503);
  }

  private List<String> column(String expression) throws SQLException {
    String sql = "select " + expression + " from pupil_record where school_id = '" + school + "'";
    List<String> column = new ArrayList<>();
    try (Connection superuser = kit.superuser();
        ResultSet rows = superuser.createStatement().executeQuery(sql)) {
      while (rows.next()) {
        column.add(rows.getString(1));
      }
    }
    return column;
  }

  private void execute(String sql) throws SQLException {
    try (Connection superuser = kit.superuser()) {
      superuser.createStatement().execute(sql);
    }
  }
}
