package uk.progressstream.grades.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
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

/** What many requests at once cost identity, counted where identity would be. */
@QuarkusTest
@Proves("D11")
@WithTestResource(
    value = OneQuestionTest.ShortMemory.class,
    initArgs = @ResourceArg(name = "service", value = "grades"))
class OneQuestionTest {
  private static final int CLIENTS = 64;
  private static final int REQUESTS = 256;

  /** More than these come only from those who do not share. */
  private static final int QUESTIONS_WHILE_NONE_IS_ANSWERED_MAX = 6;

  private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

  @TestHTTPResource(value = "/", tls = true)
  URL service;

  private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
  private TestKit kit;
  private ServiceClient gateway;

  @BeforeEach
  void connect() {
    kit = TestKit.current();
    gateway = new ServiceClient(service, kit.tlsOf("gateway"));
    assertThat(becomes(200, this::good)).isTrue();
  }

  @AfterEach
  void close() {
    kit.holdKeys(false);
    kit.holdRevocations(false);
    clients.shutdownNow();
  }

  @Test
  @DisplayName("Made-up key ids: all are refused, and identity is asked one question at a time")
  void madeUpKeys() throws Exception {
    int before = kit.questionsForKeys().size();

    assertThat(statuses(this::madeUp)).hasSize(REQUESTS).containsOnly(401);

    assertThat(questionsSince(before)).isNotEmpty().hasSizeLessThan(REQUESTS).containsOnly(1);
  }

  @Test
  @DisplayName("A withdrawn key: its tokens are refused, at one question at a time")
  void withdrawnKey() throws Exception {
    String key = newKey();
    kit.publishSigningKey(key);
    assertThat(status(by(key))).isEqualTo(200);
    kit.withdrawSigningKey(key);
    assertThat(becomes(401, () -> by(key))).isTrue();
    int before = kit.questionsForKeys().size();

    assertThat(statuses(() -> by(key))).hasSize(REQUESTS).containsOnly(401);

    assertThat(questionsSince(before)).containsOnly(1);
  }

  @Test
  @DisplayName("A new key that everybody needs at once: all are let in, at one question at a time")
  void everybodyNeedsIt() throws Exception {
    String key = newKey();
    kit.publishSigningKey(key);
    int before = kit.questionsForKeys().size();

    assertThat(statuses(() -> by(key))).hasSize(REQUESTS).containsOnly(200);

    assertThat(questionsSince(before)).containsOnly(1).hasSizeLessThan(CLIENTS / 4);
  }

  @Test
  @DisplayName(
      "Identity hangs over its keys: nobody waits for good, and good tokens are let in again")
  void hangsOverKeys() throws Exception {
    int before = kit.questionsForKeys().size();
    kit.holdKeys(true);

    assertThat(statuses(this::madeUp)).hasSize(REQUESTS).containsOnly(503);

    assertThat(questionsSince(before)).hasSizeBetween(1, QUESTIONS_WHILE_NONE_IS_ANSWERED_MAX * 2);
    kit.holdKeys(false);
    assertThat(status(madeUp())).isEqualTo(401);
    assertThat(status(good())).isEqualTo(200);
  }

  @Test
  @DisplayName("No list of what was taken back: requests share questions, and are refused")
  void hangsOverRevocations() throws Exception {
    kit.holdRevocations(true);
    assertThat(becomes(503, this::good)).isTrue();
    int before = kit.questionsForRevocations().size();

    assertThat(statuses(this::good)).hasSize(REQUESTS).containsOnly(503);

    assertThat(kit.questionsForRevocations().size() - before)
        .isLessThan(QUESTIONS_WHILE_NONE_IS_ANSWERED_MAX * REQUESTS / CLIENTS);
    kit.holdRevocations(false);
    assertThat(becomes(200, this::good)).isTrue();
  }

  @Test
  @DisplayName("Identity refuses to say what was taken back: the same, without a wait")
  void failsOverRevocations() throws Exception {
    kit.identityAnswers(false);
    try {
      assertThat(becomes(503, this::good)).isTrue();
      int before = kit.questionsForRevocations().size();

      assertThat(statuses(this::good)).hasSize(REQUESTS).containsOnly(503);

      assertThat(kit.questionsForRevocations().stream().skip(before)).containsOnly(1);
    } finally {
      kit.identityAnswers(true);
    }
    assertThat(becomes(200, this::good)).isTrue();
  }

  private List<Integer> questionsSince(int before) {
    return kit.questionsForKeys().stream().skip(before).toList();
  }

  private List<Integer> statuses(Supplier<String> token) throws Exception {
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      tokens.add(token.get());
    }
    List<Future<Integer>> answers =
        tokens.stream().map(each -> clients.submit(() -> status(each))).toList();
    List<Integer> statuses = new ArrayList<>();
    for (Future<Integer> answer : answers) {
      statuses.add(answer.get());
    }
    return statuses;
  }

  private int status(String token) {
    HttpResponse<String> answer = gateway.get("/grades/v1/grades", token);
    assertThat(answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", ""))
        .isEqualTo(answer.statusCode() == 200 ? "application/json" : "application/problem+json");
    return answer.statusCode();
  }

  private boolean becomes(int status, Supplier<String> token) {
    Instant end = Instant.now().plus(LONG_ENOUGH);
    while (Instant.now().isBefore(end)) {
      if (status(token.get()) == status) {
        return true;
      }
    }
    return false;
  }

  private String newKey() {
    String id = "key-" + UUID.randomUUID();
    kit.makeSigningKey(id);
    return id;
  }

  private String good() {
    return kit.tokens().mint(scope(), "teacher");
  }

  private String by(String key) {
    return kit.tokensSignedBy(key).mint(scope(), "teacher");
  }

  private String madeUp() {
    String header = "{\"alg\":\"ES256\",\"kid\":\"" + UUID.randomUUID() + "\"}";
    String good = good();
    return Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(header.getBytes(StandardCharsets.UTF_8))
        + good.substring(good.indexOf('.'));
  }

  private static Scope scope() {
    return Tokens.schools(UUID.randomUUID(), Set.of(UUID.randomUUID()), "grades:read");
  }

  /** A service that relies on identity's keys for a shorter time than in production. */
  public static final class ShortMemory extends ServiceTestResource {
    @Override
    public Map<String, String> start() {
      Map<String, String> config = new HashMap<>(super.start());
      config.put("ps.peer.keys-kept", "2S");
      return config;
    }
  }
}
