package uk.progressstream.sensitive.pupil;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.keys.SchoolKeys;
import uk.progressstream.platform.scope.SealedScope;

/** Storing what ingest hands over. */
@ApplicationScoped
public class RecordService {
  private final SchoolKeys keys;
  private final ScopedDatabase database;
  private final PupilRepository repository;
  private final PupilEvents events;

  RecordService(
      SchoolKeys keys, ScopedDatabase database, PupilRepository repository, PupilEvents events) {
    this.keys = keys;
    this.database = database;
    this.repository = repository;
    this.events = events;
  }

  /**
   * Lays a batch of an upload over what is stored, in one transaction with its record.
   *
   * @return of how many pupils anything was new or different
   */
  Uni<Integer> store(Caller caller, UUID school, UUID upload, List<IncomingRecord> records) {
    return key(caller.scope(), school)
        .chain(
            key ->
                database.inScope(
                    caller.scope(),
                    connection -> store(connection, caller, school, upload, records, key)));
  }

  private Uni<Integer> store(
      SqlConnection connection,
      Caller caller,
      UUID school,
      UUID upload,
      List<IncomingRecord> records,
      RecordKey key) {
    return merged(connection, school, records, key)
        .chain(batch -> store(connection, caller, school, upload, batch));
  }

  private Uni<RecordBatch> merged(
      SqlConnection connection, UUID school, List<IncomingRecord> records, RecordKey key) {
    Set<UUID> psIds = records.stream().map(IncomingRecord::psId).collect(Collectors.toSet());
    return repository
        .lock(connection, school)
        .chain(() -> repository.stored(connection, school, psIds))
        .map(stored -> RecordBatch.of(records, stored, key));
  }

  private Uni<Integer> store(
      SqlConnection connection, Caller caller, UUID school, UUID upload, RecordBatch batch) {
    Set<UUID> touched = new HashSet<>();
    return repository
        .store(connection, school, upload, batch)
        .invoke(touched::addAll)
        .chain(() -> repository.removeFromOtherClasses(connection, school, batch))
        .invoke(touched::addAll)
        .chain(() -> events.stored(connection, caller, school, upload, batch.records()))
        .map(record -> touched.size());
  }

  private Uni<RecordKey> key(SealedScope scope, UUID school) {
    return Uni.combine()
        .all()
        .unis(
            keys.cipher(scope, school, RecordKey.FIELDS),
            keys.hash(scope, school, RecordKey.DIGESTS))
        .with(RecordKey::new);
  }
}
