package uk.progressstream.audit.delivery;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import uk.progressstream.audit.EventFeed;
import uk.progressstream.provisioning.testing.TestKit;

/** One school's rows in the outbox of the service under test, as the superuser sees them. */
final class OutboxTable {
  private final UUID school = UUID.randomUUID();
  private long sequence;

  UUID school() {
    return school;
  }

  /** So many committed events, in one transaction; gives their ids. */
  List<UUID> write(int count) throws SQLException {
    List<UUID> ids = new ArrayList<>();
    try (Connection superuser = TestKit.current().superuser();
        PreparedStatement insert =
            superuser.prepareStatement(
                "insert into outbox.event (id, school_id, sequence, kind, occurred_at, body)"
                    + " values (?, ?, ?, 'records.read', clock_timestamp(), ?)")) {
      superuser.setAutoCommit(false);
      for (int i = 0; i < count; i++) {
        ids.add(UUID.randomUUID());
        insert.setObject(1, ids.get(i));
        insert.setObject(2, school);
        insert.setLong(3, ++sequence);
        insert.setString(4, EventFeed.body().encode());
        insert.executeUpdate();
      }
      keepLast(superuser);
      superuser.commit();
    }
    return ids;
  }

  /** How many of the school's rows the log has given a place. */
  int placed() throws SQLException {
    return count("position is not null");
  }

  int count(String condition) throws SQLException {
    try (Connection superuser = TestKit.current().superuser();
        PreparedStatement select =
            superuser.prepareStatement(
                "select count(*) from outbox.event where school_id = ? and " + condition)) {
      select.setObject(1, school);
      try (ResultSet rows = select.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }

  /** Rows that say they have a leaf, and none of them has: as after a log that went back. */
  void pretendDelivered(int count) throws SQLException {
    try (Connection superuser = TestKit.current().superuser();
        PreparedStatement insert =
            superuser.prepareStatement(
                "insert into outbox.event (id, school_id, sequence, kind, occurred_at, body, position)"
                    + " values (gen_random_uuid(), ?, ?, 'records.read', clock_timestamp(), ?, 0)")) {
      for (int i = 0; i < count; i++) {
        insert.setObject(1, school);
        insert.setLong(2, ++sequence);
        insert.setString(3, EventFeed.body().encode());
        insert.executeUpdate();
      }
    }
  }

  /** The last rows are gone, and their numbers are given anew: as after a restore. */
  void setBack(int count) throws SQLException {
    try (Connection superuser = TestKit.current().superuser();
        PreparedStatement delete =
            superuser.prepareStatement(
                "delete from outbox.event where school_id = ? and sequence > ?")) {
      sequence -= count;
      delete.setObject(1, school);
      delete.setLong(2, sequence);
      delete.executeUpdate();
      keepLast(superuser);
    }
  }

  private void keepLast(Connection superuser) throws SQLException {
    try (PreparedStatement last =
        superuser.prepareStatement(
            "insert into outbox.sequence (school_id, last) values (?, ?)"
                + " on conflict (school_id) do update set last = excluded.last")) {
      last.setObject(1, school);
      last.setLong(2, sequence);
      last.executeUpdate();
    }
  }

  /** The next row gets the number after this one. */
  void goOnFrom(long number) {
    sequence = number;
  }

  /** Whether each row names the leaf that the log really has for it, in the school's order. */
  boolean leavesFit() throws SQLException {
    try (Connection superuser = TestKit.current().superuser();
        PreparedStatement select =
            superuser.prepareStatement(
                "select count(*) = count(*) filter (where i.leaf_index = e.position)"
                    + " from outbox.event e left join inbox i on i.id = e.id and i.school_id = e.school_id"
                    + " and i.source = 'audit' and i.sequence = e.sequence where e.school_id = ?")) {
      select.setObject(1, school);
      try (ResultSet rows = select.executeQuery()) {
        rows.next();
        return rows.getBoolean(1);
      }
    }
  }
}
