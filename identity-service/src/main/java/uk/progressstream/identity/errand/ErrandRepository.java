package uk.progressstream.identity.errand;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Ids of schools, for who runs errands. */
@ApplicationScoped
public class ErrandRepository {
  private static final String SCHOOLS = "select entry.school_ids()";

  Uni<List<UUID>> schools(SqlConnection connection) {
    return connection
        .preparedQuery(SCHOOLS)
        .execute()
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> row.getUUID(0))
                    .toList());
  }
}
