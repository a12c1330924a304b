package uk.progressstream.identity.me;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import uk.progressstream.identity.request.Stored;

/** The caller's own facts, and the schools in scope. */
@ApplicationScoped
public class MeRepository {
  private static final String ME = "select entry.me()::text";
  private static final String SCHOOLS =
      "select school_id, name, urn from school order by school_id limit 200";

  private final Stored stored;

  MeRepository(Stored stored) {
    this.stored = stored;
  }

  Uni<Facts> facts(SqlConnection connection) {
    return connection
        .preparedQuery(ME)
        .execute()
        .map(rows -> stored.read(rows.iterator().next().getString(0), Facts.class));
  }

  Uni<List<Named>> schools(SqlConnection connection) {
    return connection
        .preparedQuery(SCHOOLS)
        .execute()
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(this::named).toList());
  }

  private Named named(Row row) {
    return new Named(row.getUUID("school_id"), row.getString("name"), row.getString("urn"));
  }

  /** A school's name and number. */
  record Named(UUID id, String name, String urn) {}
}
