package uk.progressstream.identity.lease;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import uk.progressstream.identity.seal.OwnScopes;
import uk.progressstream.platform.access.Revocation;
import uk.progressstream.platform.database.ScopedDatabase;

/**
 * What was taken back, whoever asks: straight from the database, so every replica says the same.
 */
@ApplicationScoped
public class RevocationCheck {
  private static final String ALL = "select account, token, at from entry.revocations()";

  private final ScopedDatabase database;
  private final OwnScopes scopes;

  RevocationCheck(ScopedDatabase database, OwnScopes scopes) {
    this.database = database;
    this.scopes = scopes;
  }

  /**
   * All of the last ten minutes. Not by {@code inScope}: that asks whether access stands, and this
   * is the answer to that. On connections that no reader can take: without it everybody is refused.
   */
  Uni<List<Revocation>> all() {
    return database.reserved(scopes.leaseCheck(), RevocationCheck::list);
  }

  private static Uni<List<Revocation>> list(SqlConnection connection) {
    return connection
        .preparedQuery(ALL)
        .execute()
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(RevocationCheck::revocation)
                    .toList());
  }

  private static Revocation revocation(Row row) {
    return new Revocation(
        row.getUUID("account"),
        Optional.ofNullable(row.getUUID("token")),
        row.getOffsetDateTime("at").toInstant());
  }
}
