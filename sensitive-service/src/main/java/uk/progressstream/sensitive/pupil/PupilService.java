package uk.progressstream.sensitive.pupil;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.disclosure.Disclosure;
import uk.progressstream.platform.disclosure.DisclosureTally;
import uk.progressstream.platform.disclosure.Disclosures;
import uk.progressstream.platform.disclosure.RecordedDownload;
import uk.progressstream.platform.page.Page;
import uk.progressstream.platform.scope.SealedScope;

/** Reading and downloading sensitive fields. */
@ApplicationScoped
public class PupilService {
  private static final int ROWS_PER_PAGE = 500;

  private final ScopedDatabase database;
  private final PupilRepository repository;
  private final PupilOpener opener;
  private final Disclosures disclosures;

  PupilService(
      ScopedDatabase database,
      PupilRepository repository,
      PupilOpener opener,
      Disclosures disclosures) {
    this.database = database;
    this.repository = repository;
    this.opener = opener;
    this.disclosures = disclosures;
  }

  /** A page of what the caller's scope holds; its record is in the same transaction. */
  Uni<Page<Pupil>> page(Caller caller, PupilFilter filter, @Nullable String after, int limit) {
    return sealedPage(caller, filter, after, limit).chain(page -> opened(caller.scope(), page));
  }

  /** Begins a download; completes only when the log holds its record. */
  Uni<RecordedDownload> beginExport(Caller caller, PupilFilter filter) {
    return opener
        .prepare(caller.scope())
        .chain(() -> disclosures.begin(PupilEvents.disclosure(caller, filter)));
  }

  /** The CSV of a download that has begun. */
  Multi<String> export(PupilFilter filter, RecordedDownload download) {
    return disclosures.recorded(
        download,
        Multi.createBy()
            .concatenating()
            .streams(
                Multi.createFrom().item(PupilCsv::header),
                opened(filter, download).map(PupilCsv::rows)));
  }

  private Uni<Page<SealedPupil>> sealedPage(
      Caller caller, PupilFilter filter, @Nullable String after, int limit) {
    return database.inScope(
        caller.scope(),
        connection ->
            repository
                .page(connection, filter, null, after, limit)
                .map(rows -> Page.of(rows, limit, SealedPupil::cursor))
                .call(page -> recordRead(connection, caller, filter, page.items())));
  }

  private Uni<Page<Pupil>> opened(SealedScope scope, Page<SealedPupil> page) {
    return opener.open(scope, page.items()).map(pupils -> new Page<>(pupils, page.next()));
  }

  /**
   * Pages of rows, each opened with keys that are asked for anew, so that a destroyed one ends it.
   */
  private Multi<List<Pupil>> opened(PupilFilter filter, RecordedDownload download) {
    SealedScope scope = download.disclosure().caller().scope();
    return disclosures
        .pages(
            download,
            (connection, school, after) ->
                repository
                    .page(connection, filter, school, after, ROWS_PER_PAGE)
                    .map(found -> Page.of(found, ROWS_PER_PAGE, SealedPupil::cursor)))
        .invoke(page -> page.forEach(pupil -> count(pupil, download.tally())))
        .onItem()
        .transformToUniAndConcatenate(rows -> opener.open(scope, rows));
  }

  private Uni<Void> recordRead(
      SqlConnection connection, Caller caller, PupilFilter filter, List<SealedPupil> pupils) {
    Disclosure disclosure = PupilEvents.disclosure(caller, filter);
    DisclosureTally tally = disclosures.tally(disclosure);
    pupils.forEach(pupil -> count(pupil, tally));
    return disclosures.read(connection, disclosure, tally);
  }

  private static void count(SealedPupil pupil, DisclosureTally tally) {
    tally.add(pupil.school(), pupil.schoolClass(), pupil.psId());
  }
}
