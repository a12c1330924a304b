package uk.progressstream.pseudonym.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.progressstream.pseudonym.vault.EnrolmentGrpcTest.assertRefused;
import static uk.progressstream.pseudonym.vault.VaultPeer.enrolment;

import io.grpc.Status;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.platform.problem.Problem;
import uk.progressstream.platform.scope.SealedScope;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.StolenDatabase;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;
import uk.progressstream.pseudonym.KeysTestResource;

/** What the vault's database gives to somebody who has all of it, and no key. */
@QuarkusTest
@WithTestResource(
    value = KeysTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "pseudonym"))
class StolenVaultTest {
  private static final List<String> IDS = List.of("QX-7710-A", "QX-7711-B", "zq/90210.77");
  private static final List<String> POSTCODES = List.of("ZE2 9UP", "IM99 1XJ", "JE3 7ZQ");
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long KEY_LIFETIME_MS = 1_000;

  @TestHTTPResource(value = "/", tls = true)
  URL service;

  @Inject VaultKeys keys;

  private final UUID school = UUID.randomUUID();
  private TestKit kit;
  private VaultPeer ingest;

  @BeforeEach
  void upload() {
    kit = TestKit.current();
    ingest = new VaultPeer(service, "ingest");
    for (int i = 0; i < IDS.size(); i++) {
      ingest.enrol(school, enrolment(IDS.get(i), UUID.randomUUID(), POSTCODES.get(i)));
    }
    ingest.find(school, IDS.get(0));
  }

  @AfterEach
  void disconnect() {
    ingest.close();
  }

  @Test
  @Proves({"D4", "D8"})
  @DisplayName("A dump of every table, outbox included, shows no enrollment_id and no postcode")
  void noTableRevealsAnId() throws Exception {
    StolenDatabase stolen = StolenDatabase.of(kit);

    assertThat(stolen.foundInRows(IDS)).isEmpty();
    assertThat(stolen.foundInRows(POSTCODES)).isEmpty();
    // That the dump is one: what may be known is in it.
    assertThat(stolen.foundInRows(Set.of(school.toString()))).hasSize(1);
  }

  @Test
  @Proves({"D2", "D4", "D8"})
  @DisplayName(
      "The raw database files and the write-ahead log hold no uploaded enrollment_id or postcode")
  void noFileRevealsAnId() throws Exception {
    try (Connection superuser = kit.superuser()) {
      superuser.createStatement().execute("create table if not exists marker (plain text)");
      superuser.createStatement().execute("insert into marker values ('QX-0000-CONTROL')");
    }
    StolenDatabase stolen = StolenDatabase.of(kit);

    assertThat(stolen.foundInFiles(IDS)).isEmpty();
    assertThat(stolen.foundInFiles(POSTCODES)).isEmpty();
    // That the search can find: what was stored in plain is there.
    assertThat(stolen.foundInFiles(Set.of("QX-0000-CONTROL"))).hasSize(1);
  }

  @Test
  @Proves("D4")
  @DisplayName(
      "With the key file a sealed id opens, at its own pupil only; without it nothing opens or is"
          + " found")
  void withoutTheKeyFileNothingDecrypts() throws Exception {
    UUID psId = UUID.fromString(ingest.find(school, IDS.get(0)).get(0).getPsId());
    UUID other = UUID.fromString(ingest.find(school, IDS.get(1)).get(0).getPsId());
    byte[] sealed = sealedIdOf(psId);
    VaultKey key = open();
    assertThat(unsealed(key, psId, sealed)).isEqualTo(IDS.get(0));
    assertThatThrownBy(() -> unsealed(key, other, sealed)).hasMessage("cannot open a sealed value");

    Files.delete(kit.directory().resolve("keys").resolve(school + ".json"));
    Thread.sleep(KEY_LIFETIME_MS);

    assertThatThrownBy(this::open).isInstanceOf(Problem.class);
    assertRefused(Status.Code.UNAVAILABLE, () -> ingest.find(school, IDS.get(0)));
    assertRefused(
        Status.Code.UNAVAILABLE,
        () -> ingest.enrol(school, enrolment(IDS.get(0), UUID.randomUUID(), "")));
  }

  @Test
  @Proves("D4")
  @DisplayName("Who guesses an enrollment_id cannot tell from the lookups that it is there")
  void aGuessedIdIsNotConfirmed() throws Exception {
    String ofSchool = " where school_id = '" + school + "'";
    List<String> lookups = column("select encode(lookup, 'hex') from pupil" + ofSchool);
    String wrapped =
        column("select encode(wrapped, 'hex') from data_key" + ofSchool + " and purpose = 'lookup'")
            .get(0);
    KeylessHashes keyless =
        new KeylessHashes(school, HexFormat.of().parseHex(wrapped), "lookup", "lookup");

    assertThat(lookups).hasSize(IDS.size());
    assertThat(IDS.stream().flatMap(id -> keyless.of(id).stream()))
        .extracting(guess -> HexFormat.of().formatHex(guess.array()))
        .doesNotContainAnyElementsOf(lookups);
  }

  @Test
  @Proves("D4")
  @DisplayName("Sealed ids are equally long, and two pupils' never alike: their form tells nothing")
  void sealedIdsTellNothingByTheirForm() throws Exception {
    List<String> sealed = column("select encode(enrollment_id_sealed, 'hex') from pupil");

    assertThat(sealed).doesNotHaveDuplicates();
    assertThat(sealed.stream().map(String::length).distinct()).hasSize(1);
  }

  private VaultKey open() {
    SealedScope scope =
        kit.tokens().sealed(Tokens.schools(UUID.randomUUID(), Set.of(school), "vault:write"));
    return keys.open(scope, school).await().atMost(PATIENCE);
  }

  private static String unsealed(VaultKey key, UUID psId, byte[] sealed) {
    byte[] plain = key.enrollmentIds().open("enrollment_id_sealed", psId, sealed);
    return new String(plain, StandardCharsets.UTF_8).strip();
  }

  private byte[] sealedIdOf(UUID psId) throws Exception {
    String sql = "select encode(enrollment_id_sealed, 'hex') from pupil where ps_id = '";
    return HexFormat.of().parseHex(column(sql + psId + "'").get(0));
  }

  private List<String> column(String sql) throws Exception {
    try (Connection superuser = kit.superuser();
        var rows = superuser.createStatement().executeQuery(sql)) {
      List<String> column = new ArrayList<>();
      while (rows.next()) {
        column.add(rows.getString(1));
      }
      return column;
    }
  }
}
