package uk.progressstream.identity.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.Person;
import uk.progressstream.identity.testing.SampleSchool;
import uk.progressstream.provisioning.testing.TestKit;

@QuarkusTest
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
class SignInShareTest {
  private static final Duration WITHIN = Duration.ofSeconds(30);

  /** Each of three has a share of 50 of its own; one share for all would hold half of them. */
  private static final int SIGN_INS_EACH = 33;

  /** Connections of the role for whole schools. */
  private static final int CONNECTIONS = 8;

  private final Gateway gateway = Gateway.open();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @Test
  @DisplayName("Sign-ins are counted to whoever signs in: a crowd is nobody's share but its own")
  void nobodyIsCountedForAll() throws Exception {
    SampleSchool school = SampleSchool.onboard(gateway);
    List<Person> people =
        List.of(school.admin(), school.member("teacher"), school.member("teacher"));
    List<CompletableFuture<HttpResponse<String>>> answers;
    try (Connection superuser = TestKit.current().superuser()) {
      superuser.setAutoCommit(false);
      hold(superuser, school.id());
      answers = people.stream().flatMap(this::signIns).toList();
      await().atMost(WITHIN).until(() -> waiting() == CONNECTIONS);
      superuser.rollback();
    } finally {
      threads.shutdown();
    }

    assertThat(answers.stream().map(CompletableFuture::join))
        .extracting(HttpResponse::statusCode)
        .containsOnly(200);
  }

  private Stream<CompletableFuture<HttpResponse<String>>> signIns(Person person) {
    return IntStream.range(0, SIGN_INS_EACH)
        .mapToObj(
            i ->
                CompletableFuture.supplyAsync(
                    () -> gateway.exchange(person.idToken(), Map.of()), threads));
  }

  /** Each sign-in of this school waits for its turn to write its record. */
  private static void hold(Connection superuser, UUID school) throws SQLException {
    try (PreparedStatement turn =
        superuser.prepareStatement(
            "select 1 from outbox.sequence where school_id = ? for update")) {
      turn.setObject(1, school);
      turn.executeQuery();
    }
  }

  private static int waiting() throws SQLException {
    try (Connection superuser = TestKit.current().superuser();
        ResultSet rows =
            superuser
                .createStatement()
                .executeQuery(
                    "select count(*) from pg_stat_activity where usename = 'identity_school'"
                        + " and wait_event_type = 'Lock'")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
