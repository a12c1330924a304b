package uk.progressstream.system.fuzz;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import uk.progressstream.system.running.Databases;
import uk.progressstream.system.running.RunningSystem;

/** What the services have recorded of somebody's reads, as it stands in their outboxes. */
final class Records implements AutoCloseable {
  private static final String OF_ACTOR =
      "select id, kind, school_id::text from outbox.event"
          + " where kind ~ '[.-](read|export)$'"
          + " and occurred_at > clock_timestamp() - interval '1 minute'"
          + " and body::jsonb ->> 'actor' = ?";

  private final Databases databases;
  private final Map<String, Connection> connections = new HashMap<>();
  private final Set<UUID> seen = new HashSet<>();

  Records(RunningSystem system) {
    this.databases = new Databases(system);
  }

  /** A record: its kind, and in which school's log it is. */
  record Read(String kind, String school) {}

  /** Those of an account in a service that were not given before. */
  List<Read> news(String service, String account) throws SQLException {
    List<Read> news = new ArrayList<>();
    try (PreparedStatement statement = connection(service).prepareStatement(OF_ACTOR)) {
      statement.setString(1, account);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          if (seen.add(rows.getObject(1, UUID.class))) {
            news.add(new Read(rows.getString(2), rows.getString(3)));
          }
        }
      }
    }
    return news;
  }

  private Connection connection(String service) throws SQLException {
    Connection open = connections.get(service);
    if (open == null) {
      open = databases.connect(service);
      connections.put(service, open);
    }
    return open;
  }

  @Override
  public void close() throws SQLException {
    for (Connection connection : connections.values()) {
      connection.close();
    }
  }
}
