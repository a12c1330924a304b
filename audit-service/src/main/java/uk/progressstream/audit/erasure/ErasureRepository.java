package uk.progressstream.audit.erasure;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import uk.progressstream.platform.problem.Problem;

/** The one function that erases (V112). */
@ApplicationScoped
public class ErasureRepository {
  private static final String ERASE = "select school, leaf, source_name, number from log.erase($1)";
  private static final String EVIDENCE = "PS004";
  private static final String ERASED = "PS005";

  /** Which one it was; its place stays. */
  record Place(UUID school, long leaf, String source, long sequence) {}

  /**
   * Erases; fails with 404 where the scope does not reach it, 409 where it must stay or is gone.
   */
  Uni<Place> erase(SqlConnection connection, UUID record) {
    return connection
        .preparedQuery(ERASE)
        .execute(Tuple.of(record))
        .onFailure(PgException.class)
        .transform(e -> problem((PgException) e))
        .map(
            rows -> {
              if (rows.size() == 0) {
                throw Problem.notFound();
              }
              Row row = rows.iterator().next();
              return new Place(row.getUUID(0), row.getLong(1), row.getString(2), row.getLong(3));
            });
  }

  private static Throwable problem(PgException e) {
    if (EVIDENCE.equals(e.getSqlState())) {
      return Problem.conflict(
          "not-erasable",
          "This record stays",
          "Records about the log itself are evidence and hold nobody's data but the actor's id.");
    }
    if (ERASED.equals(e.getSqlState())) {
      return Problem.conflict(
          "already-erased", "Already erased", "There is nothing left of it but its place.");
    }
    return e;
  }
}
