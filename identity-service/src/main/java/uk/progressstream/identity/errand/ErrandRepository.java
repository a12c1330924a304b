package uk.progressstream.identity.errand;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.seal.OwnScopes;
import uk.progressstream.identity.token.AccessToken;

/** The functions on errands; they demand identity's own scope, or an officer's. */
@ApplicationScoped
public class ErrandRepository {
  private static final String TAKE =
      "select outcome, ended_token, ended_school from entry.take_errand($1, $2, $3, $4, $5)";
  private static final String END = "select entry.end_errand($1, $2, $3)";
  private static final String SCHOOLS = "select entry.errand_schools($1, $2, $3)";

  /** Takes a school for the holder of a token. */
  Uni<Taken> take(SqlConnection connection, UUID school, AccessToken token, Errand errand) {
    return connection
        .preparedQuery(TAKE)
        .execute(
            Tuple.of(
                school,
                token.id(),
                token.account(),
                errand.purpose(),
                token.expiresAt().atOffset(ZoneOffset.UTC)))
        .map(rows -> taken(rows.iterator().next()));
  }

  /** The school that was handed back; empty where nothing is held by this token. */
  Uni<Optional<UUID>> end(SqlConnection connection, UUID token, Errand errand) {
    return connection
        .preparedQuery(END)
        .execute(Tuple.of(token, errand.purpose(), OwnScopes.serviceAccount(errand.peer())))
        .map(rows -> Optional.ofNullable(rows.iterator().next().getUUID(0)));
  }

  /** At most so many, in their order. */
  Uni<List<UUID>> schools(
      SqlConnection connection, Errand errand, @Nullable UUID after, int atMost) {
    return connection
        .preparedQuery(SCHOOLS)
        .execute(Tuple.of(errand.purpose(), after, atMost))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> row.getUUID(0))
                    .toList());
  }

  private static Taken taken(Row row) {
    @Nullable UUID token = row.getUUID("ended_token");
    return new Taken(
        row.getString("outcome"),
        token == null
            ? Optional.empty()
            : Optional.of(new Ended(token, row.getUUID("ended_school"))));
  }

  /**
   * What came of taking a school.
   *
   * @param outcome {@code taken}, {@code no-school}, {@code no-consent} or {@code busy}
   * @param before what ended by it
   */
  record Taken(String outcome, Optional<Ended> before) {}

  /** An errand that has ended. */
  record Ended(UUID token, UUID school) {}
}
