package uk.progressstream.grades.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.progressstream.grades.grade.SampleGrades.A1;
import static uk.progressstream.grades.grade.SampleGrades.SCHOOL_A;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.ServiceClient;
import uk.progressstream.provisioning.testing.ServiceTestResource;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

/** A token that is good by itself, after identity took back what it gave. */
@QuarkusTest
@WithTestResource(
    value = ServiceTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "grades"))
class AccessStandsTest {
  private static final String GRADES = "/grades/v1/grades";
  private static final Duration WITHIN = Duration.ofSeconds(10);

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

  @AfterEach
  void answerAgain() {
    kit.identityAnswers(true);
  }

  @Test
  @Proves("D12")
  @DisplayName("Tokens of an account that lost access are refused within ten seconds")
  void takenBack() {
    String token = teacher();
    assertThat(status(token)).isEqualTo(200);

    kit.revoke(account);

    assertThat(becomes(401, token)).isTrue();
  }

  @Test
  @Proves("D12")
  @DisplayName(
      "One token that was taken back is refused within ten seconds, the account's others not")
  void oneTakenBack() {
    Scope scope = Tokens.classes(account, Set.of(A1), "grades:read");
    String token = kit.tokens().mint(scope, "teacher");
    String other = teacher();

    kit.revokeToken(account, scope.tokenId());

    assertThat(becomes(401, token)).isTrue();
    assertThat(status(other)).isEqualTo(200);
  }

  @Test
  @Proves("D12")
  @DisplayName("When identity tells nothing any more, nobody gets anything within ten seconds")
  void noAnswer() {
    String token = teacher();
    assertThat(status(token)).isEqualTo(200);

    kit.identityAnswers(false);

    assertThat(becomes(503, token)).isTrue();
  }

  @Test
  @Proves("D13")
  @DisplayName("A token on a lease: live, it reads; not live or no answer, it reads nothing")
  void lease() {
    UUID lease = UUID.randomUUID();
    String token =
        kit.tokens()
            .mint(
                Tokens.leased(Tokens.schools(account, Set.of(SCHOOL_A), "grades:read"), lease),
                "employee");
    assertThat(status(token)).isEqualTo(401);

    kit.leaseLives(lease, account);
    assertThat(status(token)).isEqualTo(200);

    kit.identityAnswers(false);
    assertThat(status(token)).isEqualTo(503);
  }

  private String teacher() {
    return kit.tokens().mint(Tokens.classes(account, Set.of(A1), "grades:read"), "teacher");
  }

  private int status(String token) {
    return gateway.get(GRADES, token).statusCode();
  }

  private boolean becomes(int status, String token) {
    Instant end = Instant.now().plus(WITHIN);
    while (Instant.now().isBefore(end)) {
      if (status(token) == status) {
        return true;
      }
    }
    return false;
  }
}
