package uk.progressstream.pseudonym.vault;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static uk.progressstream.pseudonym.vault.VaultPeer.enrolment;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import uk.progressstream.contracts.pseudonym.Enrolment;
import uk.progressstream.contracts.pseudonym.Pseudonym;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.pseudonym.KeysTestResource;

@QuarkusTest
@WithTestResource(
    value = KeysTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "pseudonym"))
class ConcurrentEnrolmentTest {
  private static final int UPLOADS = 6;
  private static final int PUPILS = 400;

  @TestHTTPResource(value = "/", tls = true)
  URL service;

  private final UUID school = UUID.randomUUID();
  private final UUID schoolClass = UUID.randomUUID();

  @RepeatedTest(2)
  @Proves("D4")
  @DisplayName(
      "Six first uploads of the same 400 pupils at once, each in another order: one ps_id each, and one"
          + " record of each key that was made")
  void everyPupilHasOnePseudonym() throws SQLException {
    try (VaultPeer ingest = new VaultPeer(service, "ingest")) {
      List<CompletableFuture<Map<String, String>>> uploads =
          IntStream.range(0, UPLOADS)
              .mapToObj(seed -> CompletableFuture.supplyAsync(() -> upload(ingest, seed)))
              .toList();

      List<Map<String, String>> answers = uploads.stream().map(CompletableFuture::join).toList();

      assertThat(answers).allSatisfy(each -> assertThat(each).isEqualTo(answers.get(0)));
      assertThat(answers.get(0).values()).doesNotHaveDuplicates().hasSize(PUPILS);
      assertThat(keysMade()).isEqualTo(keysStored()).hasSizeGreaterThan(1);
    }
  }

  /** As the log hears of them, one purpose a record. */
  private List<String> keysMade() throws SQLException {
    return column(
        "select body::jsonb #>> '{filter,purpose}' from outbox.event where kind = 'keys.created'"
            + " and school_id = '%s' order by 1");
  }

  private List<String> keysStored() throws SQLException {
    return column("select purpose from data_key where school_id = '%s' order by 1");
  }

  private List<String> column(String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection superuser = TestKit.current().superuser();
        ResultSet rows = superuser.createStatement().executeQuery(sql.formatted(school))) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  /** Enrollment ids to ps_ids. */
  private Map<String, String> upload(VaultPeer ingest, int seed) {
    List<Enrolment> lines = new ArrayList<>();
    IntStream.range(0, PUPILS)
        .forEach(pupil -> lines.add(enrolment("P-" + pupil, schoolClass, "AB1 " + seed + "CD")));
    Collections.shuffle(lines, new Random(seed));
    List<Pseudonym> answers = ingest.enrol(ingest.uploaderOf(school), school, lines);
    return IntStream.range(0, PUPILS)
        .boxed()
        .collect(toMap(i -> lines.get(i).getEnrollmentId(), i -> answers.get(i).getPsId()));
  }
}
