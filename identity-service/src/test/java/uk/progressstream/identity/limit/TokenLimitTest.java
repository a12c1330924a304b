package uk.progressstream.identity.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.Outbox;
import uk.progressstream.identity.testing.Person;
import uk.progressstream.identity.testing.SampleSchool;
import uk.progressstream.platform.outbox.AuditEvent;

@QuarkusTest
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
class TokenLimitTest {
  private static final int ACCOUNT_BURST = 600;
  private static final int REFUSAL_BURST = 60;
  private static final int TRIES_MAX = 5_000;

  private Gateway gateway;

  @BeforeEach
  void open() {
    gateway = Gateway.open();
  }

  @Test
  @DisplayName("An account that asks without end is told to wait; its neighbours are not")
  void anAccount() {
    SampleSchool school = SampleSchool.onboard(gateway);
    Person greedy = school.member("teacher");
    Person neighbour = school.member("teacher");
    String idToken = greedy.idToken();
    HttpResponse<String> answer = gateway.exchange(idToken, Map.of());
    int tries = 1;
    while (answer.statusCode() == 200 && tries < TRIES_MAX) {
      answer = gateway.exchange(idToken, Map.of());
      tries++;
    }

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValueAsLong("Retry-After")).isPresent();
    assertThat(new JsonObject(answer.body()).getString("error"))
        .isEqualTo("temporarily_unavailable");
    assertThat(tries).isGreaterThan(ACCOUNT_BURST - 10);
    assertThat(gateway.signIn(neighbour)).isNotEmpty();
  }

  @Test
  @DisplayName(
      "An address that sends bad tokens without end: not told, not recorded, and it locks nobody out")
  void badTokens() {
    SampleSchool school = SampleSchool.onboard(gateway);
    Person teacher = school.member("teacher");

    refusedUntilToldToWait(() -> teacher.idToken() + "x");

    assertThat(gateway.signIn(teacher)).isNotEmpty();
  }

  @Test
  @DisplayName(
      "An address that strangers come from without end: the same, and none of them is locked out")
  void strangers() {
    Person teacher = SampleSchool.onboard(gateway).member("teacher");
    String run = UUID.randomUUID().toString();
    AtomicInteger number = new AtomicInteger();

    refusedUntilToldToWait(() -> stranger(run, number.getAndIncrement()).idToken());

    assertThat(gateway.signIn(teacher)).isNotEmpty();
    assertThat(Gateway.open().exchange(stranger(run, 0).idToken(), Map.of()).statusCode())
        .as("from another address")
        .isEqualTo(400);
  }

  private static Person stranger(String run, int number) {
    return Person.google("nowhere.example", "x-" + number + "-" + run);
  }

  private void refusedUntilToldToWait(Supplier<String> idTokens) {
    int before = Outbox.events("token.refused", AuditEvent.COMPANY).size();
    int told = 0;
    HttpResponse<String> answer = gateway.exchange(idTokens.get(), Map.of());
    while (answer.statusCode() == 400 && told < TRIES_MAX) {
      told++;
      answer = gateway.exchange(idTokens.get(), Map.of());
    }

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValueAsLong("Retry-After")).isPresent();
    assertThat(told).isGreaterThanOrEqualTo(REFUSAL_BURST);
    assertThat(Outbox.events("token.refused", AuditEvent.COMPANY)).hasSize(before + told);
  }

  @Test
  @DisplayName(
      "Each refusal is a record: a stranger's with the company, a member's with the school")
  void recorded() {
    SampleSchool school = SampleSchool.onboard(gateway);
    Person teacher = school.member("teacher");

    gateway.exchange(teacher.idToken(), Map.of("scope", "identity:manage"));

    assertThat(Outbox.events("token.refused", school.id()))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getString("outcome")).isEqualTo("refused");
              assertThat(event.getJsonObject("filter").getString("reason"))
                  .isEqualTo("not-granted");
              assertThat(event.encode()).doesNotContain(teacher.email());
            });
  }
}
