package uk.progressstream.identity.lease;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;

/** Looks into the database for an account with two leases alive, past all code. */
final class LeaseWatch implements AutoCloseable {
  private static final String TWO_ALIVE =
      "select account_id from employee_lease where ended_at is null group by account_id having count(*) > 1";

  private final Connection superuser;

  LeaseWatch(Connection superuser) {
    this.superuser = superuser;
  }

  /** Looks again and again. */
  void watch(AtomicBoolean running, Collection<String> wrong) {
    try (PreparedStatement look = superuser.prepareStatement(TWO_ALIVE)) {
      while (running.get()) {
        try (ResultSet rows = look.executeQuery()) {
          if (rows.next()) {
            wrong.add("two leases of " + rows.getString(1) + " are alive in the database");
            return;
          }
        }
      }
    } catch (SQLException e) {
      wrong.add(e.toString());
    }
  }

  @Override
  public void close() throws SQLException {
    superuser.close();
  }
}
