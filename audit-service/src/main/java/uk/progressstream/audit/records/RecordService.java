package uk.progressstream.audit.records;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import uk.progressstream.audit.publication.TreeService;
import uk.progressstream.audit.witness.LogGuard;
import uk.progressstream.log.commitment.Disclosure;
import uk.progressstream.log.note.LogProof;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.page.Page;
import uk.progressstream.platform.problem.Problem;

/** Reading records and their proofs; each reading is recorded in its own transaction. */
@ApplicationScoped
public class RecordService {
  private static final int GONE = 410;

  private final LogGuard guard;
  private final RecordRepository repository;
  private final RecordEvents events;
  private final TreeService tree;

  RecordService(
      LogGuard guard, RecordRepository repository, RecordEvents events, TreeService tree) {
    this.guard = guard;
    this.repository = repository;
    this.events = events;
    this.tree = tree;
  }

  /** A page of the caller's schools' records, newest first. */
  Uni<Page<AuditRecord>> page(
      Caller caller, RecordFilter filter, @Nullable String after, int limit) {
    return guard.inScope(
        caller,
        connection ->
            repository
                .page(connection, filter, after, limit)
                .map(rows -> Page.of(rows, limit, StoredRecord::cursor))
                .map(RecordService::view)
                .call(page -> events.listed(connection, caller, filter, page.items())));
  }

  /** One record; 404 where the scope does not hold it. */
  Uni<AuditRecord> one(Caller caller, UUID id) {
    return found(caller, id, (connection, record) -> Uni.createFrom().item(record.view()));
  }

  /** The proof of one record against the latest checkpoint; 410 where it is erased. */
  Uni<String> proof(Caller caller, UUID id) {
    return found(
        caller,
        id,
        (connection, record) ->
            proof(connection, record, record.disclosure().orElseThrow(RecordService::erased)));
  }

  /** The proof of its entry alone, which is there also where the record is erased. */
  Uni<String> entryProof(Caller caller, UUID id) {
    return found(caller, id, (connection, record) -> proof(connection, record, null));
  }

  private <T> Uni<T> found(
      Caller caller, UUID id, BiFunction<SqlConnection, StoredRecord, Uni<T>> use) {
    return guard.inScope(
        caller,
        connection ->
            repository
                .find(connection, id)
                .call(record -> events.read(connection, caller, record))
                .chain(record -> use.apply(connection, record)));
  }

  private Uni<String> proof(
      SqlConnection connection, StoredRecord record, @Nullable Disclosure disclosure) {
    byte @Nullable [] extra = disclosure == null ? null : disclosure.bytes();
    return tree.inclusion(connection, record.leafIndex())
        .map(found -> new LogProof(extra, record.leafIndex(), found.hashes(), found.checkpoint()))
        .map(LogProof::text);
  }

  private static Problem erased() {
    return new Problem(
        GONE,
        "record-erased",
        "The record is erased",
        "Its salt and content were destroyed. entry-proof still proves that its leaf is in the tree.");
  }

  private static Page<AuditRecord> view(Page<StoredRecord> page) {
    return new Page<>(page.items().stream().map(StoredRecord::view).toList(), page.next());
  }
}
