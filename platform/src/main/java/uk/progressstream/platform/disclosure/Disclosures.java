package uk.progressstream.platform.disclosure;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.access.AccessGate;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.outbox.Outbox;
import uk.progressstream.platform.outbox.Outcome;
import uk.progressstream.platform.page.Page;
import uk.progressstream.platform.scope.SealedScope;

/**
 * Tells the log who was given what. A read's record is in the transaction of its query; a
 * download's is in the log before its first byte, and a second one says how it ended. One record a
 * school.
 */
@ApplicationScoped
public class Disclosures {
  private static final Logger LOG = Logger.getLogger(Disclosures.class);
  private static final Duration FIRST_RETRY = Duration.ofMillis(100);
  private static final Duration LAST_RETRY = Duration.ofSeconds(5);

  /** Longer than any transaction may take that holds what an end needs. */
  private static final Duration TOLD_WITHIN = Duration.ofSeconds(90);

  private static final String UNTOLD = "downloads.untold";

  private final ScopedDatabase database;
  private final Outbox outbox;
  private final AccessGate access;
  private final Vertx vertx;
  private final MeterRegistry meters;

  Disclosures(
      ScopedDatabase database,
      Outbox outbox,
      AccessGate access,
      Vertx vertx,
      MeterRegistry meters) {
    this.database = database;
    this.outbox = outbox;
    this.access = access;
    this.vertx = vertx;
    this.meters = meters;
    meters.counter(UNTOLD);
  }

  /** A tally that starts with nothing of each school in the caller's scope. */
  public DisclosureTally tally(Disclosure disclosure) {
    return new DisclosureTally(schools(disclosure));
  }

  /** Records a read; call it in the transaction of the query. */
  public Uni<Void> read(SqlConnection connection, Disclosure disclosure, DisclosureTally tally) {
    List<AuditEvent> events =
        tally.bySchool().entrySet().stream()
            .map(
                entry ->
                    counted(
                        base(".read", entry.getKey(), disclosure, entry.getValue().rows() > 0),
                        disclosure,
                        entry.getValue()))
            .toList();
    return outbox.record(connection, events);
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
                .call(found -> outbox.record(connection, events(reading, ids.apply(found)))));
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
   * Begins a download of every school in the caller's scope. Completes only when the log holds its
   * records; fails with a 503 problem where it does not, so that no byte leaves without one. Who
   * gets it has to subscribe to {@link #recorded} at once.
   */
  public Uni<RecordedDownload> begin(Disclosure disclosure) {
    return begin(
        disclosure,
        schools(disclosure).stream()
            .map(school -> base(".export", school, disclosure, false))
            .toList());
  }

  /**
   * The same with records that the caller makes.
   *
   * @param begins of one kind, one a school
   */
  public Uni<RecordedDownload> begin(Disclosure disclosure, List<AuditEvent> begins) {
    RecordedDownload download =
        new RecordedDownload(disclosure, Outbox.inOrder(begins), tally(disclosure));
    return Uni.createFrom().emitter(reader -> begin(download, reader));
  }

  /**
   * What has begun goes on to its record even where the reader goes away meanwhile: a transaction
   * that is given up in the middle may have been committed.
   */
  private void begin(RecordedDownload download, UniEmitter<? super RecordedDownload> reader) {
    AtomicBoolean gone = new AtomicBoolean();
    reader.onTermination(() -> gone.set(true));
    database
        .inScope(scope(download), connection -> outbox.begin(connection, download.begins()))
        .chain(
            () ->
                allPublished(download)
                    .onFailure()
                    .invoke(() -> tellEnd(download, gone.get() ? Outcome.CUT : Outcome.FAILED)))
        .subscribe()
        .with(
            done -> {
              if (!gone.get()) {
                reader.complete(download);
              }
              if (!download.hasStarted()) {
                tellEnd(download, Outcome.CUT);
              }
            },
            reader::fail);
  }

  /** Nobody who reads waits for it. */
  private void tellEnd(RecordedDownload download, Outcome outcome) {
    end(download, outcome).subscribe().with(told -> {});
  }

  /**
   * The pages of a download, school by school; each is read in a transaction of its own, when the
   * reader has taken the one before. No connection waits for a reader.
   */
  public <T> Multi<List<T>> pages(RecordedDownload download, RecordedDownload.Pages<T> pages) {
    return Multi.createFrom()
        .iterable(download.begins())
        .onItem()
        .transformToMultiAndConcatenate(begin -> pages(download, begin.school(), pages))
        .map(Page::items)
        .select()
        .where(items -> !items.isEmpty());
  }

  private <T> Multi<Page<T>> pages(
      RecordedDownload download, UUID school, RecordedDownload.Pages<T> pages) {
    return Multi.createBy()
        .repeating()
        .uni(
            AtomicReference<@Nullable String>::new,
            after ->
                database
                    .inScope(scope(download), connection -> read(connection, school, after, pages))
                    .invoke(page -> after.set(page.next())))
        .whilst(page -> page.next() != null);
  }

  /** A scope that ended in the middle gives no rows, which must not look like the last page. */
  private static <T> Uni<Page<T>> read(
      SqlConnection connection,
      UUID school,
      AtomicReference<@Nullable String> after,
      RecordedDownload.Pages<T> pages) {
    return pages
        .read(connection, school, after.get())
        .call(() -> ScopedDatabase.stillInScope(connection));
  }

  /** The chunks of a download that has begun; how it ended is recorded, however it ended. */
  public Multi<String> recorded(RecordedDownload download, Multi<String> chunks) {
    return new DownloadStream(
        chunks,
        download,
        vertx,
        () -> access.check(scope(download)),
        outcome -> end(download, outcome));
  }

  /** What cannot be told is left to the sweep, which says that the outcome is unknown. */
  private Uni<Void> end(RecordedDownload download, Outcome outcome) {
    if (!download.ends()) {
      return Uni.createFrom().voidItem();
    }
    return Multi.createFrom()
        .iterable(download.begins())
        .onItem()
        .transformToUniAndMerge(begin -> end(begin, end(download, begin, outcome)))
        .collect()
        .last();
  }

  /** School by school: one that is busy keeps no other from its end. */
  private Uni<Void> end(AuditEvent begin, AuditEvent end) {
    return outbox
        .end(begin, end)
        .onFailure()
        .retry()
        .withBackOff(FIRST_RETRY, LAST_RETRY)
        .expireIn(TOLD_WITHIN.toMillis())
        .onFailure()
        .invoke(this::untold)
        .onFailure()
        .recoverWithNull();
  }

  private static AuditEvent end(RecordedDownload download, AuditEvent begin, Outcome outcome) {
    DisclosureTally.OfSchool given = download.tally().of(begin.school());
    Disclosure disclosure = download.disclosure();
    return counted(AuditEvent.of("download.ended", begin.school()), disclosure, given)
        .filter(disclosure.filter().apply(given.rows() > 0))
        .bytes(download.bytes())
        .outcome(outcome);
  }

  private void untold(Throwable failure) {
    meters.counter(UNTOLD).increment();
    LOG.warnf("how a download ended was not recorded: %s", failure.getClass().getName());
  }

  private Uni<Void> allPublished(RecordedDownload download) {
    return Multi.createFrom()
        .iterable(download.begins())
        .onItem()
        .transformToUniAndConcatenate(begin -> outbox.published(begin.id()))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private static AuditEvent counted(
      AuditEvent event, Disclosure disclosure, DisclosureTally.OfSchool given) {
    event.classes(given.classes()).rows(given.rows());
    return disclosure.aboutPersons() ? event.pupils(given.ids()) : event.digest(given.ids());
  }

  private static AuditEvent base(String kind, UUID school, Disclosure disclosure, boolean matched) {
    return AuditEvent.of(disclosure.resource() + kind, school)
        .actor(disclosure.caller())
        .resource(disclosure.resource())
        .columns(disclosure.columns())
        .filter(disclosure.filter().apply(matched));
  }

  /** Who reads no school leaves a record all the same: in the company's own log. */
  private static Set<UUID> schools(Disclosure disclosure) {
    Set<UUID> schools = disclosure.caller().scope().scope().anySchools();
    return schools.isEmpty() ? Set.of(AuditEvent.COMPANY) : schools;
  }

  private static SealedScope scope(RecordedDownload download) {
    return download.disclosure().caller().scope();
  }
}
