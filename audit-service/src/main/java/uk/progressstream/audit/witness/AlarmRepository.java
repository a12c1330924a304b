package uk.progressstream.audit.witness;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The log's alarms, at most one a school; each stands for good. */
@ApplicationScoped
public class AlarmRepository {
  private static final String RAISE = "select log.raise_alarm()";
  private static final String ALL = "select id, raised_at from log.alarms()";

  /** One alarm; not of which school. */
  record Alarm(UUID id, Instant raisedAt) {}

  /** Raises the alarm of each school in scope that has none yet. */
  Uni<Void> raise(SqlConnection connection) {
    return connection.query(RAISE).execute().replaceWithVoid();
  }

  /** All of them, oldest first; needs no scope. */
  Uni<List<Alarm>> all(SqlConnection connection) {
    return connection
        .query(ALL)
        .execute()
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> new Alarm(row.getUUID(0), row.getOffsetDateTime(1).toInstant()))
                    .toList());
  }
}
