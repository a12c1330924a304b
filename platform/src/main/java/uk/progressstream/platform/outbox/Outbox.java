package uk.progressstream.platform.outbox;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import uk.progressstream.platform.database.ScopedCall;
import uk.progressstream.platform.problem.Problem;
import uk.progressstream.platform.scope.SealedScope;

/**
 * Where a transaction leaves what it did, so that the log learns of it if, and only if, it commits.
 */
@ApplicationScoped
public class Outbox {
  private static final String APPEND = "select outbox.append($1, $2, $3, $4)";
  private static final String APPEND_ALL = "outbox.append_all($1, $2, $3, $4)";
  private static final ScopedCall APPEND_ALL_IN_SCOPE = ScopedCall.of(APPEND_ALL, 4);

  /** In the database's order of UUIDs, which its sweep uses; Java's order of UUIDs differs. */
  private static final Comparator<AuditEvent> BY_SCHOOL =
      Comparator.comparing(event -> event.school().toString());

  private static final String BEGIN = "select outbox.begin_download($1, $2, $3, $4)";
  private static final String END = "select outbox.end_download($1, $2)";
  private static final String POSITION =
      "select position from outbox.event where id = $1 and position is not null and not refused";
  private static final Duration PUBLISHED_WITHIN = Duration.ofSeconds(5);
  private static final Duration FIRST_LOOK = Duration.ofMillis(10);
  private static final Duration LAST_LOOK = Duration.ofMillis(200);
  private static final int RETRY_AFTER_SECONDS = 5;

  private final Pool relayPool;
  private final OutboxRelay relay;

  Outbox(@ReactiveDataSource("relay") Pool relayPool, OutboxRelay relay) {
    this.relayPool = relayPool;
    this.relay = relay;
  }

  /**
   * Writes an event in the caller's transaction; the last thing in it, since it holds the school's
   * sequence until the commit.
   *
   * @return the event's id, which is also the id of its record in the log
   */
  public Uni<UUID> record(SqlConnection connection, AuditEvent event) {
    return connection
        .preparedQuery(APPEND)
        .execute(Tuple.of(event.id(), event.school(), event.kind(), event.body()))
        .replaceWith(event.id());
  }

  /** The same of several events, in one statement; in the order of {@link #inOrder}. */
  public Uni<Void> record(SqlConnection connection, List<AuditEvent> events) {
    return connection
        .preparedQuery("select " + APPEND_ALL)
        .execute(values(inOrder(events)))
        .replaceWithVoid();
  }

  /**
   * The same under a scope of the events' own.
   *
   * @param client a connection in whose transaction it is the last thing, or a pool
   */
  public Uni<Void> record(SqlClient client, SealedScope scope, List<AuditEvent> events) {
    return APPEND_ALL_IN_SCOPE.run(client, scope, values(inOrder(events))).replaceWithVoid();
  }

  /**
   * Sorts by school, keeping each school's events in their order. Each school's sequence is locked
   * until the commit, so transactions that lock schools in different orders could deadlock.
   */
  public static List<AuditEvent> inOrder(List<AuditEvent> events) {
    return events.stream().sorted(BY_SCHOOL).toList();
  }

  /**
   * Writes the records of a download's beginning in the caller's transaction; each owes an end from
   * then on, which {@link #end} writes, or else the sweep.
   *
   * @param begins of one kind, in the order of {@link #inOrder}
   */
  public Uni<Void> begin(SqlConnection connection, List<AuditEvent> begins) {
    return connection
        .preparedQuery(BEGIN)
        .execute(
            Tuple.tuple()
                .addArrayOfUUID(ids(begins))
                .addArrayOfUUID(schools(begins))
                .addString(begins.get(0).kind())
                .addArrayOfString(bodies(begins)))
        .replaceWithVoid();
  }

  /**
   * Writes how a download ended, on the strength of its beginning: no scope is needed, for it may
   * be over. A beginning that has its end gets no other.
   *
   * @param end outcome and counts are taken from it
   */
  public Uni<Void> end(AuditEvent begin, AuditEvent end) {
    return relayPool
        .preparedQuery(END)
        .execute(
            Tuple.tuple()
                .addArrayOfUUID(ids(List.of(begin)))
                .addArrayOfString(bodies(List.of(end))))
        .invoke(relay::wake)
        .replaceWithVoid();
  }

  /**
   * Completes with the leaf index once the log holds a committed event; fails with a 503 problem
   * after 5 seconds, also where the log holds only that it could not take the event. For what must
   * not happen without its record.
   */
  public Uni<Long> published(UUID eventId) {
    relay.wake();
    return Uni.createFrom()
        .deferred(() -> position(eventId))
        .onFailure(NotYet.class)
        .retry()
        .withBackOff(FIRST_LOOK, LAST_LOOK)
        .expireIn(PUBLISHED_WITHIN.toMillis())
        .ifNoItem()
        .after(PUBLISHED_WITHIN.plus(LAST_LOOK))
        .fail()
        .onFailure()
        .transform(e -> Problem.unavailable(RETRY_AFTER_SECONDS));
  }

  private static Tuple values(List<AuditEvent> events) {
    return Tuple.tuple()
        .addArrayOfUUID(ids(events))
        .addArrayOfUUID(schools(events))
        .addArrayOfString(events.stream().map(AuditEvent::kind).toArray(String[]::new))
        .addArrayOfString(bodies(events));
  }

  private static UUID[] schools(List<AuditEvent> events) {
    return events.stream().map(AuditEvent::school).toArray(UUID[]::new);
  }

  private static UUID[] ids(List<AuditEvent> events) {
    return events.stream().map(AuditEvent::id).toArray(UUID[]::new);
  }

  private static String[] bodies(List<AuditEvent> events) {
    return events.stream().map(AuditEvent::body).toArray(String[]::new);
  }

  private Uni<Long> position(UUID eventId) {
    return relayPool
        .preparedQuery(POSITION)
        .execute(Tuple.of(eventId))
        .map(Outbox::positionOrNotYet);
  }

  private static Long positionOrNotYet(RowSet<Row> rows) {
    if (rows.size() == 0) {
      throw new NotYet();
    }
    return rows.iterator().next().getLong(0);
  }

  private static final class NotYet extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotYet() {
      super(null, null, false, false);
    }
  }
}
