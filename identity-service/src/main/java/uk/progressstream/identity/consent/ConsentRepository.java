package uk.progressstream.identity.consent;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The statements on table {@code consent}. */
@ApplicationScoped
public class ConsentRepository {
  private static final String GIVE =
      "insert into consent (school_id, purpose) values ($1, $2)"
          + " on conflict (school_id, purpose) do nothing";
  private static final String FIND =
      "select school_id, purpose, given_by, given_at from consent"
          + " where school_id = $1 and purpose = $2";
  private static final String WITHDRAW =
      "select from entry.withdraw_consent($1, $2) as withdrawn where withdrawn";

  /** False where it was given before. */
  Uni<Boolean> give(SqlConnection connection, UUID school, String purpose) {
    return change(connection, GIVE, school, purpose);
  }

  Uni<Optional<Consent>> find(SqlConnection connection, UUID school, String purpose) {
    return connection
        .preparedQuery(FIND)
        .execute(Tuple.of(school, purpose))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(ConsentRepository::read)
                    .findFirst());
  }

  /** False where there was none. */
  Uni<Boolean> withdraw(SqlConnection connection, UUID school, String purpose) {
    return change(connection, WITHDRAW, school, purpose);
  }

  private static Uni<Boolean> change(
      SqlConnection connection, String sql, UUID school, String purpose) {
    return connection
        .preparedQuery(sql)
        .execute(Tuple.of(school, purpose))
        .map(rows -> rows.rowCount() == 1);
  }

  private static Consent read(Row row) {
    return new Consent(
        row.getUUID("school_id"),
        row.getString("purpose"),
        row.getUUID("given_by"),
        row.getOffsetDateTime("given_at"));
  }
}
