package uk.progressstream.identity.errand;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.token.AccessToken;

/** The functions on errands; they demand identity's own scope. */
@ApplicationScoped
public class StandingErrandRepository {
  private static final String TAKE = "select entry.take_errand($1, $2, $3, $4, $5)";
  private static final String END = "select entry.end_errand($1, $2)";
  private static final String CONSENTING = "select entry.consenting_schools($1, $2, $3)";

  /** {@code taken}, {@code no-school}, {@code no-consent} or {@code busy}. */
  Uni<String> take(SqlConnection connection, UUID school, AccessToken token, String purpose) {
    return connection
        .preparedQuery(TAKE)
        .execute(
            Tuple.of(
                school,
                token.id(),
                token.account(),
                purpose,
                token.expiresAt().atOffset(ZoneOffset.UTC)))
        .map(rows -> rows.iterator().next().getString(0));
  }

  /** False where the job holds nothing by this token. */
  Uni<Boolean> end(SqlConnection connection, UUID token, UUID account) {
    return connection
        .preparedQuery(END)
        .execute(Tuple.of(token, account))
        .map(rows -> rows.iterator().next().getBoolean(0));
  }

  /** At most so many, in their order. */
  Uni<List<UUID>> consenting(
      SqlConnection connection, String purpose, @Nullable UUID after, int atMost) {
    return connection
        .preparedQuery(CONSENTING)
        .execute(Tuple.of(purpose, after, atMost))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> row.getUUID(0))
                    .toList());
  }
}
