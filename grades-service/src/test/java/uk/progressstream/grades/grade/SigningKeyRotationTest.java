package uk.progressstream.grades.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.progressstream.grades.grade.SampleGrades.A1;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.ServiceClient;
import uk.progressstream.provisioning.testing.ServiceTestResource;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

/** From one signing key of identity to the next, as a service sees it that is never restarted. */
@QuarkusTest
@Proves("D11")
@WithTestResource(
    value = SigningKeyRotationTest.ShortMemory.class,
    initArgs = @ResourceArg(name = "service", value = "grades"))
class SigningKeyRotationTest {
  private static final Duration FORGOTTEN_WITHIN = Duration.ofSeconds(30);

  @TestHTTPResource(value = "/", tls = true)
  URL service;

  private final String first = "first-" + UUID.randomUUID();
  private final String second = "second-" + UUID.randomUUID();
  private TestKit kit;
  private ServiceClient gateway;

  @BeforeEach
  void aKeyThatSigns() throws SQLException {
    kit = TestKit.current();
    gateway = new ServiceClient(service, kit.tlsOf("gateway"));
    kit.makeSigningKey(first);
    kit.makeSigningKey(second);
    kit.publishSigningKey(first);
    try (Connection superuser = kit.superuser()) {
      SampleGrades.seed(superuser);
    }
  }

  @Test
  @DisplayName(
      "A second key beside the first: its tokens are accepted at once, the first's still; alone, it goes on")
  void overlap() {
    assertThat(statusBy(first)).isEqualTo(200);

    kit.publishSigningKey(second);
    assertThat(statusBy(second)).isEqualTo(200);
    assertThat(statusBy(first)).isEqualTo(200);

    kit.withdrawSigningKey(first);
    assertThat(statusBy(second)).isEqualTo(200);
  }

  @Test
  @DisplayName("A key that is not in the set signs nothing, however often it is tried")
  void unknown() {
    assertThat(statusBy(second)).isEqualTo(401);
    assertThat(statusBy(second)).isEqualTo(401);

    kit.publishSigningKey(second);
    assertThat(statusBy(second)).as("refused before, published now").isEqualTo(200);
  }

  @Test
  @DisplayName(
      "A key that was taken out of the set is forgotten: unexpired tokens of it are refused")
  void withdrawn() {
    kit.publishSigningKey(second);
    assertThat(statusBy(first)).isEqualTo(200);
    assertThat(statusBy(second)).isEqualTo(200);

    kit.withdrawSigningKey(first);

    assertThat(becomes(401, first)).isTrue();
    assertThat(statusBy(second)).isEqualTo(200);
  }

  private int statusBy(String keyId) {
    String token =
        kit.tokensSignedBy(keyId)
            .mint(Tokens.classes(UUID.randomUUID(), Set.of(A1), "grades:read"), "teacher");
    return gateway.get("/grades/v1/grades", token).statusCode();
  }

  private boolean becomes(int status, String keyId) {
    Instant end = Instant.now().plus(FORGOTTEN_WITHIN);
    while (Instant.now().isBefore(end)) {
      if (statusBy(keyId) == status) {
        return true;
      }
    }
    return false;
  }

  /** A service that forgets keys sooner than in production, by the same setting. */
  public static final class ShortMemory extends ServiceTestResource {
    @Override
    public Map<String, String> start() {
      Map<String, String> config = new HashMap<>(super.start());
      config.put("ps.peer.keys-kept", "2S");
      return config;
    }
  }
}
