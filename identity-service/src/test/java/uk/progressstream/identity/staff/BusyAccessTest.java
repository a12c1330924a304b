package uk.progressstream.identity.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.Person;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.TestKit;

/** Who is taken off the staff list while something is being done with their access. */
@QuarkusTest
@Proves("D13")
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
class BusyAccessTest {
  private static final Duration WITHIN = Duration.ofSeconds(60);
  private static final int BUSY_HANDS = 8;

  private final Person employee = Person.employee("busy-" + UUID.randomUUID());
  private Gateway gateway;
  private StaffOnDisk file;

  @BeforeEach
  void open() throws IOException {
    file = new StaffOnDisk();
    gateway = Gateway.open();
  }

  @AfterEach
  void restore() throws IOException {
    file.restore();
  }

  @Test
  @DisplayName(
      "Whose access is in the middle of something waits alone, and holds nobody on the list")
  void heldUp() throws Exception {
    Person other = Person.employee("other-" + UUID.randomUUID());
    file.with(List.of(employee, other), "session:take");
    String held = signIn();
    String token = gateway.signIn(other);
    try (Connection superuser = TestKit.current().superuser()) {
      superuser.setAutoCommit(false);
      superuser
          .createStatement()
          .execute(
              "select pg_advisory_xact_lock_shared(entry.access_lock('%s'))"
                  .formatted(Gateway.claims(held).getString("sub")));
      file.restore();
      refused(token);
      assertThat(gateway.get("/me", held).statusCode()).isEqualTo(200);
      superuser.rollback();
    }

    refused(held);
  }

  @Test
  @DisplayName("Whoever keeps their own access busy without a pause is taken off all the same")
  void keepsBusy() throws Exception {
    file.with(employee, "session:take");
    String held = signIn();
    String account = Gateway.claims(held).getString("sub");
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService hands = Executors.newFixedThreadPool(BUSY_HANDS);
    try {
      List<Future<?>> busy = new ArrayList<>();
      for (int i = 0; i < BUSY_HANDS; i++) {
        busy.add(hands.submit(() -> keepBusy(account, over)));
      }

      file.restore();

      refused(held);
      over.set(true);
      for (Future<?> each : busy) {
        each.get();
      }
    } finally {
      over.set(true);
      hands.shutdown();
    }
  }

  /** Each holds it for long enough that another does whenever one does not. */
  private static void keepBusy(String account, AtomicBoolean over) {
    try (Connection superuser = TestKit.current().superuser()) {
      while (!over.get()) {
        superuser
            .createStatement()
            .execute(
                "begin; select pg_advisory_xact_lock_shared(entry.access_lock('%s'));"
                        .formatted(account)
                    + " select pg_sleep(0.1 + random() / 10); commit");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Once the list has let them in. */
  private String signIn() {
    until(200, () -> gateway.exchange(employee.idToken(), Map.of()).statusCode());
    return gateway.signIn(employee);
  }

  private void refused(String token) {
    until(401, () -> gateway.get("/me", token).statusCode());
  }

  private static void until(int status, IntSupplier answer) {
    await().pollInSameThread().atMost(WITHIN).until(() -> answer.getAsInt() == status);
  }
}
