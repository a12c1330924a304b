package uk.progressstream.platform.disclosure;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.outbox.Outbox;
import uk.progressstream.platform.page.Page;

/**
 * Tells the log who was given what. A read's record is in the transaction of its query; a
 * download's is in the log before its first byte, and a second one says how it ended. One record a
 * school.
 */
@ApplicationScoped
public class Disclosures {
  private final ScopedDatabase database;
  private final Outbox outbox;

  Disclosures(ScopedDatabase database, Outbox outbox) {
    this.database = database;
    this.outbox = outbox;
  }

  /** A tally that starts with nothing of each school in the caller's scope. */
  public DisclosureTally tally(Disclosure disclosure) {
    return new DisclosureTally(disclosure.caller().scope().scope().anySchools());
  }

  /** Records a read; call it in the transaction of the query. */
  public Uni<Void> read(SqlConnection connection, Disclosure disclosure, DisclosureTally tally) {
    return recordAll(connection, counted(".read", disclosure, tally)).replaceWithVoid();
  }

  /**
   * Runs a query under the caller's scope and records, in the same transaction, that it was read:
   * where the record cannot be written, nothing is given.
   *
   * @param ids of the rows that it gave
   */
  public <T> Uni<T> read(
      Reading reading, Function<SqlConnection, Uni<T>> query, Function<T, List<UUID>> ids) {
    return database.inScope(
        reading.caller().scope(),
        connection ->
            query
                .apply(connection)
                .call(found -> recordAll(connection, events(reading, ids.apply(found)))));
  }

  /** The same of a page. */
  public <T> Uni<Page<T>> page(
      Reading reading, Function<SqlConnection, Uni<Page<T>>> query, Function<T, UUID> id) {
    return read(reading, query, page -> page.items().stream().map(id).toList());
  }

  private static List<AuditEvent> events(Reading reading, List<UUID> ids) {
    return reading.schools().stream()
        .map(
            school ->
                AuditEvent.of(reading.kind(), school)
                    .actor(reading.caller())
                    .resource(reading.resource())
                    .rows(ids.size())
                    .digest(ids))
        .toList();
  }

  /**
   * Begins a download. Completes only when the log holds its records; fails with a 503 problem
   * where it does not, so that no byte leaves without one.
   */
  public Uni<RecordedDownload> begin(Disclosure disclosure) {
    List<AuditEvent> starts =
        disclosure.caller().scope().scope().anySchools().stream()
            .map(school -> base(".export", school, disclosure, false))
            .toList();
    return database
        .inScope(disclosure.caller().scope(), connection -> recordAll(connection, starts))
        .call(this::allPublished)
        .map(records -> new RecordedDownload(disclosure, records, tally(disclosure)));
  }

  /** The chunks of a download that has begun; how it ended is recorded, however it ended. */
  public Multi<String> recorded(RecordedDownload download, Multi<String> chunks) {
    return chunks
        .invoke(download::sent)
        .onCompletion()
        .invoke(download::completed)
        .onTermination()
        .call((failure, cancelled) -> end(download));
  }

  /** Also where access ended meanwhile: that is when the log has to say that rows had left. */
  private Uni<Void> end(RecordedDownload download) {
    List<AuditEvent> events = counted(".export.ended", download.disclosure(), download.tally());
    events.forEach(
        event ->
            event
                .bytes(download.bytes())
                .concerns(download.firstRecord())
                .outcome(download.outcome()));
    return database
        .afterAccess(
            download.disclosure().caller().scope(), connection -> recordAll(connection, events))
        .replaceWithVoid();
  }

  private Uni<Void> allPublished(List<UUID> records) {
    return Multi.createFrom()
        .iterable(records)
        .onItem()
        .transformToUniAndConcatenate(outbox::published)
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<List<UUID>> recordAll(SqlConnection connection, List<AuditEvent> events) {
    return Multi.createFrom()
        .iterable(events)
        .onItem()
        .transformToUniAndConcatenate(event -> outbox.record(connection, event))
        .collect()
        .asList();
  }

  private static List<AuditEvent> counted(
      String kind, Disclosure disclosure, DisclosureTally tally) {
    return tally.bySchool().entrySet().stream()
        .map(entry -> counted(kind, disclosure, entry))
        .toList();
  }

  private static AuditEvent counted(
      String kind, Disclosure disclosure, Map.Entry<UUID, DisclosureTally.OfSchool> entry) {
    DisclosureTally.OfSchool tally = entry.getValue();
    AuditEvent event =
        base(kind, entry.getKey(), disclosure, tally.rows() > 0)
            .classes(tally.classes())
            .rows(tally.rows());
    return disclosure.aboutPersons() ? event.pupils(tally.ids()) : event.digest(tally.ids());
  }

  private static AuditEvent base(String kind, UUID school, Disclosure disclosure, boolean matched) {
    return AuditEvent.of(disclosure.resource() + kind, school)
        .actor(disclosure.caller())
        .resource(disclosure.resource())
        .columns(disclosure.columns())
        .filter(disclosure.filter().apply(matched));
  }
}
