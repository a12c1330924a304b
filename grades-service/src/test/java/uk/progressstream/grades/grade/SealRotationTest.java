package uk.progressstream.grades.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.progressstream.grades.grade.SampleGrades.PUPILS;
import static uk.progressstream.grades.grade.SampleGrades.SCHOOL_B;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.provisioning.database.SealKey;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.ServiceTestResource;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

/** From one seal key to the next, as the database sees it. */
@QuarkusTest
@Proves("D9")
@WithTestResource(
    value = ServiceTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "grades"))
class SealRotationTest {
  private static final Duration WITHIN = Duration.ofSeconds(10);
  private static final String OLD = "id = 1";
  private static final String NEW = "id = 2";

  @Inject ScopedDatabase database;

  private TestKit kit;
  private Tokens before;
  private Tokens after;

  @BeforeEach
  void theDatabaseLearnsTheNewKey() throws SQLException {
    kit = TestKit.current();
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    before = kit.tokens();
    after = kit.tokensSealedBy(new SealKey(2, secret));
    try (Connection superuser = kit.superuser();
        PreparedStatement insert =
            superuser.prepareStatement(
                "insert into scope.seal_key (id, secret, valid_from) values (2, ?, now())")) {
      SampleGrades.seed(superuser);
      insert.setBytes(1, secret);
      insert.executeUpdate();
    }
  }

  @AfterEach
  void backToTheOneKey() throws SQLException {
    change("delete from scope.seal_key where " + NEW);
    change("update scope.seal_key set valid_until = null where " + OLD);
  }

  @Test
  @DisplayName("While two seal keys are valid, scopes under either read their rows")
  void overlap() {
    assertThat(rowsUnder(before)).isEqualTo(PUPILS);
    assertThat(rowsUnder(after)).isEqualTo(PUPILS);
  }

  @Test
  @DisplayName("A seal made with a key whose time is over reads nothing; the new key's reads on")
  void theOldKeyEnds() throws SQLException {
    change("update scope.seal_key set valid_until = now() + interval '1 hour' where " + OLD);
    assertThat(rowsUnder(before)).as("an end that is still to come").isEqualTo(PUPILS);

    change("update scope.seal_key set valid_until = now() where " + OLD);

    assertThat(rowsUnder(before)).isZero();
    assertThat(rowsUnder(after)).isEqualTo(PUPILS);
  }

  @Test
  @DisplayName("A seal made with a key whose time is yet to come reads nothing")
  void theNewKeyIsNotYetValid() throws SQLException {
    change("update scope.seal_key set valid_from = now() + interval '1 hour' where " + NEW);

    assertThat(rowsUnder(after)).isZero();
    assertThat(rowsUnder(before)).isEqualTo(PUPILS);
  }

  private long rowsUnder(Tokens tokens) {
    return database
        .inScope(
            tokens.sealed(Tokens.schools(UUID.randomUUID(), Set.of(SCHOOL_B), "grades:read")),
            connection ->
                connection
                    .query("select count(*) from grade")
                    .execute()
                    .map(rows -> rows.iterator().next().getLong(0)))
        .await()
        .atMost(WITHIN);
  }

  private void change(String sql) throws SQLException {
    try (Connection superuser = kit.superuser()) {
      superuser.createStatement().execute(sql);
    }
  }
}
