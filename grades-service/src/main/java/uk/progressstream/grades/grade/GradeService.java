package uk.progressstream.grades.grade;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.outbox.Outbox;
import uk.progressstream.platform.page.Page;

/** Reading, downloading and storing grades. */
@ApplicationScoped
public class GradeService {
  private static final int ROWS_PER_CHUNK = 500;

  private final ScopedDatabase database;
  private final GradeRepository repository;
  private final GradeEvents events;
  private final Outbox outbox;

  GradeService(
      ScopedDatabase database, GradeRepository repository, GradeEvents events, Outbox outbox) {
    this.database = database;
    this.repository = repository;
    this.events = events;
    this.outbox = outbox;
  }

  /** A page of what the caller's scope holds; its record is in the same transaction. */
  Uni<Page<Grade>> page(Caller caller, GradeFilter filter, @Nullable String after, int limit) {
    return database.inScope(
        caller.scope(),
        connection ->
            repository
                .page(connection, filter, after, limit)
                .map(rows -> Page.of(rows, limit, Grade::cursor))
                .call(
                    page -> events.read(connection, caller, filter, reads(caller, page.items()))));
  }

  /**
   * Begins a download: completes only when the log holds its record, so that no byte leaves without
   * one.
   */
  Uni<GradeDownload> beginExport(Caller caller, GradeFilter filter) {
    return database
        .inScope(caller.scope(), connection -> events.exportStarts(connection, caller, filter))
        .call(this::allPublished)
        .map(records -> new GradeDownload(records, reads(caller, List.of())));
  }

  /**
   * The CSV of a download that has begun; what was sent is recorded when it ends, however it ends.
   */
  Multi<String> export(Caller caller, GradeFilter filter, GradeDownload download) {
    GradeQuery query = GradeQuery.of(filter);
    Multi<String> rows =
        database.stream(
                caller.scope(), query.sql(), query.tuple(), ROWS_PER_CHUNK, GradeQuery::read)
            .invoke(download.reads()::add)
            .group()
            .intoLists()
            .of(ROWS_PER_CHUNK)
            .map(GradeCsv::rows);
    return Multi.createBy()
        .concatenating()
        .streams(Multi.createFrom().item(GradeCsv::header), rows)
        .invoke(download::sent)
        .onCompletion()
        .invoke(download::completed)
        .onTermination()
        .call((failure, cancelled) -> recordEnd(caller, filter, download));
  }

  /** Stores a batch of an upload; of two rows with one key the later one counts. */
  Uni<Integer> store(Caller caller, UUID school, UUID upload, List<IncomingGrade> rows) {
    Map<IncomingGrade.Key, IncomingGrade> distinct = new LinkedHashMap<>();
    rows.forEach(row -> distinct.put(row.key(), row));
    List<IncomingGrade> batch = List.copyOf(distinct.values());
    return database.inScope(
        caller.scope(), connection -> storeAndRecord(connection, caller, school, upload, batch));
  }

  private Uni<Integer> storeAndRecord(
      SqlConnection connection,
      Caller caller,
      UUID school,
      UUID upload,
      List<IncomingGrade> batch) {
    return repository
        .store(connection, school, upload, batch)
        .call(() -> events.stored(connection, caller, school, upload, batch));
  }

  private Uni<Void> allPublished(Collection<UUID> records) {
    return Multi.createFrom()
        .iterable(records)
        .onItem()
        .transformToUniAndConcatenate(outbox::published)
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Void> recordEnd(Caller caller, GradeFilter filter, GradeDownload download) {
    return database.inScope(
        caller.scope(), connection -> events.exportEnds(connection, caller, filter, download));
  }

  private static GradeReads reads(Caller caller, List<Grade> rows) {
    GradeReads reads = new GradeReads(caller.scope().scope().anySchools());
    rows.forEach(reads::add);
    return reads;
  }
}
