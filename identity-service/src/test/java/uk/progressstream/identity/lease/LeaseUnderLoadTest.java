package uk.progressstream.identity.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.Person;
import uk.progressstream.identity.testing.SampleSchool;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.TestKit;

@QuarkusTest
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
@Proves("D13")
class LeaseUnderLoadTest {
  private static final Person EMPLOYEE = Person.employee("second-support");
  private static final int CLIENTS = 64;
  private static final int TAKES_PER_CLIENT = 5;

  private final List<UUID> schools = new ArrayList<>();
  private Gateway gateway;

  @BeforeEach
  void onboard() {
    gateway = Gateway.open();
    for (int i = 0; i < 4; i++) {
      schools.add(SampleSchool.onboard(gateway).id());
    }
  }

  @Test
  @DisplayName(
      "64 clients take schools for one employee at once: at no moment are two leases alive")
  void neverTwo() throws InterruptedException, ExecutionException {
    // A token that does not hang on a lease, so that every take is let through to the database.
    String token = gateway.signIn(EMPLOYEE, "session:take");
    UUID account = UUID.fromString(Gateway.claims(token).getString("sub"));
    AtomicBoolean running = new AtomicBoolean(true);
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS + 1);
    try {
      Future<Integer> most = threads.submit(() -> mostAliveAtOnce(account, running));
      List<Callable<Integer>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(() -> takeMany(token));
      }
      int taken = 0;
      for (Future<Integer> client : threads.invokeAll(clients)) {
        taken += client.get();
      }
      running.set(false);

      assertThat(most.get()).isEqualTo(1);
      assertThat(taken).isEqualTo(CLIENTS * TAKES_PER_CLIENT);
      assertThat(count("ended_at is null", account)).isEqualTo(1);
      assertThat(count("true", account)).isEqualTo(taken);
    } finally {
      running.set(false);
      threads.shutdownNow();
    }
  }

  private int takeMany(String token) {
    int taken = 0;
    for (int i = 0; i < TAKES_PER_CLIENT; i++) {
      UUID school = schools.get(ThreadLocalRandom.current().nextInt(schools.size()));
      String body =
          new JsonObject().put("school", school.toString()).put("reason", "load test").encode();
      taken += take(token, body) == 200 ? 1 : 0;
    }
    return taken;
  }

  /** Again where it is told to come back: one account may not use all places. */
  private int take(String token, String body) {
    int status = gateway.send("PUT", "/employee-session", token, body).statusCode();
    while (status == 503) {
      status = gateway.send("PUT", "/employee-session", token, body).statusCode();
    }
    return status;
  }

  private static int mostAliveAtOnce(UUID account, AtomicBoolean running) throws SQLException {
    int most = 0;
    try (Connection superuser = TestKit.current().superuser()) {
      while (running.get()) {
        most = Math.max(most, count(superuser, "ended_at is null", account));
      }
    }
    return most;
  }

  private static int count(String condition, UUID account) {
    try (Connection superuser = TestKit.current().superuser()) {
      return count(superuser, condition, account);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int count(Connection superuser, String condition, UUID account)
      throws SQLException {
    try (ResultSet rows =
        superuser
            .createStatement()
            .executeQuery(
                "select count(*) from employee_lease where account_id = '"
                    + account
                    + "' and "
                    + condition)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
