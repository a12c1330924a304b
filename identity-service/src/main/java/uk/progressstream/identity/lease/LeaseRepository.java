package uk.progressstream.identity.lease;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.database.ScopedCall;
import uk.progressstream.platform.scope.SealedScope;

/** The functions on leases. */
@ApplicationScoped
public class LeaseRepository {
  private static final String TAKE =
      "select taken_at, expires_at, ended_lease, ended_school from entry.take_lease($1, $2, $3)";
  private static final String END = "select ended_lease, ended_school from entry.end_lease()";
  private static final ScopedCall CHECK = ScopedCall.of("entry.check_lease($1, $2)", 2);

  /** Takes a lease for the scope's account; fails as nothing there for an unknown school. */
  Uni<Taken> take(SqlConnection connection, UUID id, UUID school, String reason) {
    return connection
        .preparedQuery(TAKE)
        .execute(Tuple.of(id, school, reason))
        .map(rows -> taken(rows.iterator().next()));
  }

  /** Ends the one that the scope's account has, if any. */
  Uni<Optional<Ended>> end(SqlConnection connection) {
    return connection
        .preparedQuery(END)
        .execute()
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .flatMap(row -> ended(row).stream())
                    .findFirst());
  }

  /** Whether this is the live lease of this account. */
  Uni<Boolean> isLive(SqlClient client, SealedScope scope, UUID lease, UUID account) {
    return CHECK.run(client, scope, Tuple.of(lease, account)).map(row -> row.getBoolean(0));
  }

  private static Taken taken(Row row) {
    return new Taken(
        row.getOffsetDateTime("taken_at"), row.getOffsetDateTime("expires_at"), ended(row));
  }

  private static Optional<Ended> ended(Row row) {
    @Nullable UUID lease = row.getUUID("ended_lease");
    return lease == null
        ? Optional.empty()
        : Optional.of(new Ended(lease, row.getUUID("ended_school")));
  }

  /** A lease that was taken, and the one that ended by it. */
  record Taken(OffsetDateTime takenAt, OffsetDateTime expiresAt, Optional<Ended> before) {}

  /** A lease that has ended. */
  record Ended(UUID lease, UUID school) {}
}
