package uk.progressstream.breach;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Rows as the superuser puts them, who may give them any time; no service can. */
public final class SampleBreaches {
  private final Connection superuser;

  /** Samples over this connection. */
  public SampleBreaches(Connection superuser) {
    this.superuser = superuser;
  }

  /**
   * A breach of which the company has known for so long.
   *
   * @param ago a PostgreSQL interval
   */
  public UUID insert(UUID account, String ago) throws SQLException {
    UUID id = UUID.randomUUID();
    try (PreparedStatement insert =
        superuser.prepareStatement(
            "insert into breach (id, aware_at, summary, window_from, window_to, opened_by, idempotency_key,"
                + " request_hash) values (?, clock_timestamp() - ?::interval, 'a sample',"
                + " now() - interval '2 days', now(), ?, gen_random_uuid()::text, repeat('0', 64))")) {
      insert.setObject(1, id);
      insert.setString(2, ago);
      insert.setObject(3, account);
      insert.executeUpdate();
    }
    return id;
  }

  /** A confirmed school. */
  public void confirm(UUID breach, UUID school, UUID account) throws SQLException {
    try (PreparedStatement insert =
        superuser.prepareStatement(
            "insert into scope_confirmation (breach_id, school_id, confirmed_by) values (?, ?, ?)")) {
      insert.setObject(1, breach);
      insert.setObject(2, school);
      insert.setObject(3, account);
      insert.executeUpdate();
    }
  }

  /** A rung that has fired, whether it was due or not. */
  public void rung(UUID breach, String step, int percent) throws SQLException {
    try (PreparedStatement insert =
        superuser.prepareStatement(
            "insert into rung (breach_id, step, percent, due_at) values (?, ?, ?, now())")) {
      insert.setObject(1, breach);
      insert.setString(2, step);
      insert.setInt(3, percent);
      insert.executeUpdate();
    }
  }

  /** What has fired, as {@code step percent}, in the order of the deadlines. */
  public List<String> fired(UUID breach) throws SQLException {
    return column(
        "select step || ' ' || percent from rung where breach_id = ? order by due_at, step",
        breach);
  }

  /**
   * The clock's events in the outbox, as {@code kind step percent}, in the order of their sequence.
   */
  public List<String> events(UUID breach) throws SQLException {
    return column(
        "select kind || ' ' || (body::jsonb #>> '{filter,step}') || ' ' || (body::jsonb #>> '{filter,percent}')"
            + " from outbox.event where body::jsonb ->> 'concerns' = ?::text"
            + " and kind in ('breach.rung', 'breach.step-missed') order by sequence",
        breach);
  }

  private List<String> column(String sql, UUID breach) throws SQLException {
    List<String> values = new ArrayList<>();
    try (PreparedStatement select = superuser.prepareStatement(sql)) {
      select.setObject(1, breach);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          values.add(rows.getString(1));
        }
      }
    }
    return values;
  }
}
