package uk.progressstream.identity.testing;

import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import uk.progressstream.provisioning.testing.TestKit;

/** What identity has told the log. */
public final class Outbox {
  private Outbox() {}

  /** Bodies of the events of a kind in one school's log, oldest first. */
  public static List<JsonObject> events(String kind, UUID school) {
    try (Connection superuser = TestKit.current().superuser();
        PreparedStatement select =
            superuser.prepareStatement(
                "select body from outbox.event where kind = ? and school_id = ? order by sequence")) {
      select.setString(1, kind);
      select.setObject(2, school);
      ResultSet rows = select.executeQuery();
      List<JsonObject> events = new ArrayList<>();
      while (rows.next()) {
        events.add(new JsonObject(rows.getString(1)));
      }
      return events;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
