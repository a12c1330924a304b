package uk.progressstream.sensitive.pupil;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.outbox.Outbox;
import uk.progressstream.platform.page.Page;

/** Reading and downloading sensitive fields. */
@ApplicationScoped
public class PupilService {
  private static final int ROWS_PER_CHUNK = 500;

  private final ScopedDatabase database;
  private final PupilRepository repository;
  private final PupilEvents events;
  private final PupilOpener opener;
  private final Outbox outbox;

  PupilService(
      ScopedDatabase database,
      PupilRepository repository,
      PupilEvents events,
      PupilOpener opener,
      Outbox outbox) {
    this.database = database;
    this.repository = repository;
    this.events = events;
    this.opener = opener;
    this.outbox = outbox;
  }

  /** A page of what the caller's scope holds; its record is in the same transaction. */
  Uni<Page<Pupil>> page(Caller caller, PupilFilter filter, @Nullable String after, int limit) {
    return sealedPage(caller, filter, after, limit)
        .chain(
            page ->
                opener
                    .open(caller.scope(), page.items())
                    .map(pupils -> new Page<>(pupils, page.next())));
  }

  /**
   * Begins a download: completes only when the log holds its record, so that no byte leaves without
   * one.
   */
  Uni<PupilDownload> beginExport(Caller caller, PupilFilter filter) {
    return opener
        .prepare(caller.scope())
        .chain(() -> recordStart(caller, filter))
        .call(this::allPublished)
        .map(records -> new PupilDownload(records, reads(caller, List.of())));
  }

  /**
   * The CSV of a download that has begun; what was sent is recorded when it ends, however it ends.
   */
  Multi<String> export(Caller caller, PupilFilter filter, PupilDownload download) {
    return Multi.createBy()
        .concatenating()
        .streams(
            Multi.createFrom().item(PupilCsv::header),
            opened(caller, filter, download).map(PupilCsv::rows))
        .invoke(download::sent)
        .onCompletion()
        .invoke(download::completed)
        .onTermination()
        .call((failure, cancelled) -> recordEnd(caller, filter, download));
  }

  private Uni<Page<SealedPupil>> sealedPage(
      Caller caller, PupilFilter filter, @Nullable String after, int limit) {
    return database.inScope(
        caller.scope(),
        connection ->
            repository
                .page(connection, filter, after, limit)
                .map(rows -> Page.of(rows, limit, SealedPupil::cursor))
                .call(
                    page -> events.read(connection, caller, filter, reads(caller, page.items()))));
  }

  /**
   * Chunks of rows, each opened with keys that are asked for anew, so that a destroyed one ends it.
   */
  private Multi<List<Pupil>> opened(Caller caller, PupilFilter filter, PupilDownload download) {
    PupilQuery query = PupilQuery.of(filter);
    return database.stream(
            caller.scope(), query.sql(), query.tuple(), ROWS_PER_CHUNK, PupilQuery::read)
        .invoke(download.reads()::add)
        .group()
        .intoLists()
        .of(ROWS_PER_CHUNK)
        .onItem()
        .transformToUniAndConcatenate(rows -> opener.open(caller.scope(), rows));
  }

  private Uni<List<UUID>> recordStart(Caller caller, PupilFilter filter) {
    return database.inScope(
        caller.scope(), connection -> events.exportStarts(connection, caller, filter));
  }

  private Uni<Void> recordEnd(Caller caller, PupilFilter filter, PupilDownload download) {
    return database.inScope(
        caller.scope(), connection -> events.exportEnds(connection, caller, filter, download));
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

  private static PupilReads reads(Caller caller, List<SealedPupil> rows) {
    PupilReads reads = new PupilReads(caller.scope().scope().anySchools());
    rows.forEach(reads::add);
    return reads;
  }
}
