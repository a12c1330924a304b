package uk.progressstream.audit.blast;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Two functions with one result: one sees what a school's own people may see, the other what an
 * errand of breach may count (V101).
 */
@ApplicationScoped
public class BlastRepository {
  private static final String OWN = "select * from log.touches($1, $2, $3, $4)";
  private static final String ERRAND = "select * from log.errand_touches($1, $2, $3, $4)";

  Uni<List<Touch>> ofOwnSchools(SqlConnection connection, BlastQuestion question) {
    return touches(connection, OWN, question);
  }

  Uni<List<Touch>> underErrand(SqlConnection connection, BlastQuestion question) {
    return touches(connection, ERRAND, question);
  }

  private static Uni<List<Touch>> touches(
      SqlConnection connection, String sql, BlastQuestion question) {
    Tuple tuple =
        Tuple.of(
            question.window().from(), question.window().to(), question.actor(), question.school());
    return connection
        .preparedQuery(sql)
        .execute(tuple)
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(Touch::read).toList());
  }
}
