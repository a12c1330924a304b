package uk.progressstream.platform.keys;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Map;
import java.util.Optional;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.outbox.Outbox;
import uk.progressstream.platform.scope.SealedScope;

/**
 * The table {@code data_key(school_id, purpose, wrapped)} of the service's own database, under its
 * row policies. A key is committed before anything is sealed with it, so that no sealed value can
 * outlive its key through a rollback.
 */
final class DataKeyTable implements DataKeyStore {
  private static final String FIND =
      "select wrapped from data_key where school_id = $1 and purpose = $2";
  private static final String INSERT =
      "insert into data_key (school_id, purpose, wrapped) values ($1, $2, $3)"
          + " on conflict (school_id, purpose) do nothing";

  private final ScopedDatabase database;
  private final Outbox outbox;

  DataKeyTable(ScopedDatabase database, Outbox outbox) {
    this.database = database;
    this.outbox = outbox;
  }

  @Override
  public Uni<Optional<byte[]>> find(SealedScope scope, KeyName name) {
    return database.inScope(scope, connection -> select(connection, name));
  }

  @Override
  public Uni<byte[]> insertOnce(SealedScope scope, KeyName name, byte[] wrapped) {
    return database
        .inScope(scope, connection -> insert(connection, scope, name, wrapped))
        // A statement of its own sees what a concurrent first insert has committed meanwhile.
        .chain(() -> find(scope, name))
        .map(
            found -> found.orElseThrow(() -> new KeyUnavailableException("no data key is stored")));
  }

  /** Of two that come first at the same moment, the log hears of the one that made the key. */
  private Uni<Void> insert(
      SqlConnection connection, SealedScope scope, KeyName name, byte[] wrapped) {
    Tuple row = Tuple.of(name.school(), name.purpose().name(), Buffer.buffer(wrapped));
    return connection
        .preparedQuery(INSERT)
        .execute(row)
        .chain(
            inserted ->
                inserted.rowCount() == 0
                    ? Uni.createFrom().voidItem()
                    : outbox.record(connection, created(scope, name)).replaceWithVoid());
  }

  private static AuditEvent created(SealedScope scope, KeyName name) {
    return AuditEvent.of("keys.created", name.school())
        .actor(scope.scope())
        .resource("data-key")
        .filter(Map.of("purpose", name.purpose().name()));
  }

  private static Uni<Optional<byte[]>> select(SqlConnection connection, KeyName name) {
    return connection
        .preparedQuery(FIND)
        .execute(Tuple.of(name.school(), name.purpose().name()))
        .map(DataKeyTable::first);
  }

  private static Optional<byte[]> first(RowSet<Row> rows) {
    for (Row row : rows) {
      return Optional.of(row.getBuffer("wrapped").getBytes());
    }
    return Optional.empty();
  }
}
