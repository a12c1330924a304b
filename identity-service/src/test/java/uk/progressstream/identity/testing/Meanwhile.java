package uk.progressstream.identity.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import uk.progressstream.provisioning.testing.TestKit;

/**
 * Something that begins while another transaction is open, and then either waits for it or does
 * not. So two that race always meet in the same order, and a missing lock shows each time.
 */
public final class Meanwhile {
  private static final Duration WITHIN = Duration.ofSeconds(20);

  private Meanwhile() {}

  /** Work with a database. */
  @FunctionalInterface
  public interface Step {
    void run() throws SQLException;
  }

  /** Begins something; commits the open transaction once it waits for that or is over. */
  public static <T> T whileOpen(Connection open, Callable<T> something)
      throws SQLException, InterruptedException, ExecutionException, TimeoutException {
    return whileOpen(open, something, () -> {});
  }

  /** The same, and does something else before that commit. */
  public static <T> T whileOpen(Connection open, Callable<T> something, Step beforeCommit)
      throws SQLException, InterruptedException, ExecutionException, TimeoutException {
    int holder = backend(open);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<T> result = thread.submit(something);
      Instant end = Instant.now().plus(WITHIN);
      while (!result.isDone() && !somebodyWaitsFor(holder)) {
        assertThat(Instant.now()).as("neither waits nor is over").isBefore(end);
      }
      beforeCommit.run();
      open.commit();
      return result.get(WITHIN.toSeconds(), TimeUnit.SECONDS);
    } finally {
      thread.shutdownNow();
    }
  }

  private static int backend(Connection connection) throws SQLException {
    try (ResultSet row = connection.createStatement().executeQuery("select pg_backend_pid()")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static boolean somebodyWaitsFor(int holder) throws SQLException {
    try (Connection superuser = TestKit.current().superuser();
        PreparedStatement query =
            superuser.prepareStatement(
                "select exists (select from pg_stat_activity"
                    + " where ? = any (pg_blocking_pids(pid)))")) {
      query.setInt(1, holder);
      ResultSet row = query.executeQuery();
      row.next();
      return row.getBoolean(1);
    }
  }
}
