package uk.progressstream.pseudonym.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.progressstream.pseudonym.vault.VaultPeer.enrolment;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.contracts.pseudonym.Enrolment;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.pseudonym.KeysTestResource;

/**
 * Postcodes are few enough to try them all. The thief here knows the areas in which the pupils
 * live, hashes each postcode that can exist there in every way that needs no key, and compares with
 * what is stored.
 */
@QuarkusTest
@Proves("D8")
@WithTestResource(
    value = KeysTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "pseudonym"))
class PostcodeAttackTest {
  private static final int PUPILS = 50;

  @TestHTTPResource(value = "/", tls = true)
  URL service;

  private final UUID school = UUID.randomUUID();
  private VaultPeer ingest;

  @BeforeEach
  void connect() {
    ingest = new VaultPeer(service, "ingest");
  }

  @AfterEach
  void disconnect() {
    ingest.close();
  }

  @Test
  @DisplayName(
      "Every postcode of two areas, hashed in eight ways without the key, hits no stored hash, and"
          + " every unkeyed one")
  void tryingEveryPostcodeFindsNone() throws Exception {
    List<String> homes = enrolPupilsSomewhere();
    PostcodeAttack attack = new PostcodeAttack(school, wrappedKey());
    Set<ByteBuffer> unkeyed =
        homes.stream().map(attack.keyless()::plain).collect(Collectors.toSet());

    Set<ByteBuffer> targets = new HashSet<>(storedOf(school));
    targets.addAll(unkeyed);

    // The unkeyed ones show that the attack is one: it breaks a table whose hashes have no key.
    assertThat(targets).hasSize(2 * unkeyed.size());
    assertThat(attack.hits(targets)).isEqualTo(unkeyed);
  }

  @Test
  @DisplayName(
      "Pupils of one postcode have one hash within a school, and another one at another school")
  void equalityStaysWithinASchool() throws Exception {
    UUID otherSchool = UUID.randomUUID();
    for (String id : List.of("P-1", "P-2")) {
      ingest.enrol(school, enrolment(id, UUID.randomUUID(), "GU1 1AA"));
      ingest.enrol(otherSchool, enrolment(id, UUID.randomUUID(), "GU1 1AA"));
    }

    assertThat(storedOf(school)).hasSize(1).doesNotContainAnyElementsOf(storedOf(otherSchool));
    assertThat(storedOf(otherSchool)).hasSize(1);
  }

  private List<String> enrolPupilsSomewhere() {
    Random random = new Random(8);
    List<String> homes = new ArrayList<>();
    List<Enrolment> lines = new ArrayList<>();
    for (int i = 0; i < PUPILS; i++) {
      homes.add(PostcodeAttack.postcode(random.nextInt(PostcodeAttack.COUNT)));
      lines.add(enrolment("P-" + i, UUID.randomUUID(), homes.get(i)));
    }
    ingest.enrol(ingest.uploaderOf(school), school, lines);
    return homes;
  }

  private byte[] wrappedKey() throws SQLException {
    return column(
            "select wrapped from data_key where purpose = 'postcode' and school_id = ", school)
        .get(0);
  }

  private static Set<ByteBuffer> storedOf(UUID school) throws SQLException {
    return column("select postcode_hash from pupil where school_id = ", school).stream()
        .map(ByteBuffer::wrap)
        .collect(Collectors.toSet());
  }

  private static List<byte[]> column(String sql, UUID school) throws SQLException {
    List<byte[]> column = new ArrayList<>();
    try (Connection superuser = TestKit.current().superuser();
        ResultSet rows = superuser.createStatement().executeQuery(sql + "'" + school + "'")) {
      while (rows.next()) {
        column.add(rows.getBytes(1));
      }
    }
    return column;
  }
}
