package uk.progressstream.grades.grade;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.disclosure.Disclosure;
import uk.progressstream.platform.disclosure.DisclosureTally;
import uk.progressstream.platform.disclosure.Disclosures;
import uk.progressstream.platform.disclosure.RecordedDownload;
import uk.progressstream.platform.page.Page;

/** Reading, downloading and storing grades. */
@ApplicationScoped
public class GradeService {
  private static final int ROWS_PER_PAGE = 500;

  private final ScopedDatabase database;
  private final GradeRepository repository;
  private final GradeEvents events;
  private final Disclosures disclosures;

  GradeService(
      ScopedDatabase database,
      GradeRepository repository,
      GradeEvents events,
      Disclosures disclosures) {
    this.database = database;
    this.repository = repository;
    this.events = events;
    this.disclosures = disclosures;
  }

  /** A page of what the caller's scope holds; its record is in the same transaction. */
  Uni<Page<Grade>> page(Caller caller, GradeFilter filter, @Nullable String after, int limit) {
    return database.inScope(
        caller.scope(),
        connection ->
            repository
                .page(connection, filter, null, after, limit)
                .map(rows -> Page.of(rows, limit, Grade::cursor))
                .call(page -> recordRead(connection, caller, filter, page.items())));
  }

  /** Begins a download; completes only when the log holds its record. */
  Uni<RecordedDownload> beginExport(Caller caller, GradeFilter filter) {
    return disclosures.begin(GradeEvents.disclosure(caller, filter));
  }

  /** The CSV of a download that has begun. */
  Multi<String> export(GradeFilter filter, RecordedDownload download) {
    Multi<String> rows =
        disclosures
            .pages(
                download,
                (connection, school, after) ->
                    repository
                        .page(connection, filter, school, after, ROWS_PER_PAGE)
                        .map(found -> Page.of(found, ROWS_PER_PAGE, Grade::cursor)))
            .invoke(page -> page.forEach(grade -> count(grade, download.tally())))
            .map(GradeCsv::rows);
    return disclosures.recorded(
        download,
        Multi.createBy().concatenating().streams(Multi.createFrom().item(GradeCsv::header), rows));
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

  private Uni<Void> recordRead(
      SqlConnection connection, Caller caller, GradeFilter filter, List<Grade> grades) {
    Disclosure disclosure = GradeEvents.disclosure(caller, filter);
    DisclosureTally tally = disclosures.tally(disclosure);
    grades.forEach(grade -> count(grade, tally));
    return disclosures.read(connection, disclosure, tally);
  }

  private static void count(Grade grade, DisclosureTally tally) {
    tally.add(grade.school(), grade.schoolClass(), grade.psId());
  }
}
