package uk.progressstream.platform.outbox;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import uk.progressstream.contracts.events.Event;
import uk.progressstream.contracts.events.Missing;
import uk.progressstream.contracts.events.Receipt;

/** The relay's statements. */
@ApplicationScoped
public class OutboxRows {
  static final int BATCH_MAX = 500;
  private static final String TAKE_TURN = "select outbox.take_turn()";
  private static final String NEXT =
      "select id, school_id, sequence, kind, occurred_at, body from outbox.event"
          + " where position is null order by occurred_at, sequence limit "
          + BATCH_MAX;
  private static final String DELIVERED =
      "update outbox.event e set position = r.position, refused = r.refused"
          + " from unnest($1::uuid[], $2::bigint[], $3::boolean[]) as r(id, position, refused)"
          + " where e.id = r.id";
  private static final String REOPEN =
      "update outbox.event e set position = null, refused = false"
          + " from unnest($1::uuid[], $2::bigint[]) as m(school_id, first)"
          + " where e.school_id = m.school_id and e.sequence >= m.first and e.position is not null";
  private static final String SWEEP_DOWNLOADS =
      "select outbox.sweep_downloads(make_interval(secs => $1))";
  private static final String RENUMBER = "select outbox.renumber($1, $2, $3)";
  private static final String PURGE = "select outbox.purge()";

  private final String service;
  private final double unknownAfterSeconds;

  OutboxRows(
      @ConfigProperty(name = "quarkus.application.name") String service,
      @ConfigProperty(name = "ps.downloads.unknown-after", defaultValue = "2M")
          Duration unknownAfter) {
    this.service = service;
    this.unknownAfterSeconds = unknownAfter.toMillis() / 1000.0;
  }

  /** What waits, oldest first; empty where nothing does or where another instance is at work. */
  Uni<List<Event>> nextBatch(SqlConnection connection) {
    return connection
        .query(TAKE_TURN)
        .execute()
        .chain(
            turn ->
                turn.iterator().next().getBoolean(0)
                    ? connection.preparedQuery(NEXT).execute().map(this::events)
                    : Uni.createFrom().item(List.of()));
  }

  /** Notes where the log holds each event. */
  Uni<Void> delivered(SqlConnection connection, List<Receipt> receipts) {
    UUID[] ids = receipts.stream().map(r -> UUID.fromString(r.getEventId())).toArray(UUID[]::new);
    Long[] positions = receipts.stream().map(Receipt::getPosition).toArray(Long[]::new);
    Boolean[] refused = receipts.stream().map(Receipt::getRefused).toArray(Boolean[]::new);
    return connection
        .preparedQuery(DELIVERED)
        .execute(Tuple.of(ids, positions, refused))
        .replaceWithVoid();
  }

  /**
   * Takes back that the log holds a school's events from some number on, so that they are carried
   * again; gives how many there were.
   */
  Uni<Integer> reopen(SqlConnection connection, List<Missing> missing) {
    if (missing.isEmpty()) {
      return Uni.createFrom().item(0);
    }
    UUID[] schools = missing.stream().map(m -> UUID.fromString(m.getSchool())).toArray(UUID[]::new);
    Long[] first = missing.stream().map(Missing::getFrom).toArray(Long[]::new);
    return connection.preparedQuery(REOPEN).execute(Tuple.of(schools, first)).map(RowSet::rowCount);
  }

  /**
   * Gives new numbers to events of a batch that stand where the log knows others; gives how many
   * there were. That is so where this database was set back.
   *
   * @param batch what the log was asked about
   * @param next what it expects next of a school
   */
  Uni<Integer> renumber(
      SqlConnection connection, List<Event> batch, Set<String> received, Missing next) {
    UUID[] taken =
        batch.stream()
            .filter(event -> event.getSchool().equals(next.getSchool()))
            .filter(event -> event.getSequence() < next.getFrom())
            .filter(event -> !received.contains(event.getId()))
            .map(event -> UUID.fromString(event.getId()))
            .toArray(UUID[]::new);
    if (taken.length == 0) {
      return Uni.createFrom().item(0);
    }
    return connection
        .preparedQuery(RENUMBER)
        .execute(Tuple.of(UUID.fromString(next.getSchool()), next.getFrom()).addArrayOfUUID(taken))
        .map(rows -> rows.iterator().next().getInteger(0));
  }

  /** Drops what was delivered more than an hour ago; what the log refused, after a week. */
  Uni<Void> purge(SqlConnection connection) {
    return connection.query(PURGE).execute().replaceWithVoid();
  }

  /** Ends what is long over and has no end; gives how many there were. */
  Uni<Integer> sweepDownloads(SqlConnection connection) {
    return connection
        .preparedQuery(SWEEP_DOWNLOADS)
        .execute(Tuple.of(unknownAfterSeconds))
        .map(rows -> rows.iterator().next().getInteger(0));
  }

  private List<Event> events(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(this::event).toList();
  }

  private Event event(Row row) {
    OffsetDateTime at = row.getOffsetDateTime("occurred_at");
    return Event.newBuilder()
        .setId(row.getUUID("id").toString())
        .setSchool(row.getUUID("school_id").toString())
        .setSequence(row.getLong("sequence"))
        .setSource(service)
        .setKind(row.getString("kind"))
        .setOccurredAt(
            at.withOffsetSameInstant(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS).toString())
        .setBody(row.getString("body"))
        .build();
  }
}
