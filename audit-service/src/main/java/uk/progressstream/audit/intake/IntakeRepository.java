package uk.progressstream.audit.intake;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import uk.progressstream.contracts.events.EventKey;
import uk.progressstream.platform.problem.Problem;

/**
 * The one function through which events get into the log, which gives leaf indexes and nothing
 * else; and the one that tells a source what became of its own.
 */
@ApplicationScoped
public class IntakeRepository {
  private static final String APPEND = "select log.append($1, $2, $3, $4, $5, $6)";
  private static final String NOTE_REFUSALS = "select log.note_refusals($1, $2, $3)";
  private static final String RECEIPTS =
      "select leaf_index, refused, next_sequence from log.receipts($1, $2, $3) order by nth";
  private static final String GAP = "PS001";
  private static final String CHANGED = "PS002";

  /**
   * Appends.
   *
   * @return for each batch the leaf index of each of its events, in the same order
   */
  Uni<List<List<Long>>> append(SqlConnection connection, List<Batch> batches) {
    Tuple tuple = Tuple.tuple();
    tuple.addArrayOfString(
        batches.stream()
            .flatMap(batch -> Collections.nCopies(batch.events().size(), batch.source()).stream())
            .toArray(String[]::new));
    tuple.addArrayOfUUID(events(batches).map(IncomingEvent::id).toArray(UUID[]::new));
    tuple.addArrayOfUUID(events(batches).map(IncomingEvent::school).toArray(UUID[]::new));
    tuple.addArrayOfLong(events(batches).map(IncomingEvent::sequence).toArray(Long[]::new));
    tuple.addArrayOfString(events(batches).map(IncomingEvent::body).toArray(String[]::new));
    tuple.addValue(
        batches.stream()
            .flatMap(batch -> batch.commitments().stream())
            .map(commitment -> Buffer.buffer(commitment.salt()))
            .toArray(Buffer[]::new));
    return connection
        .preparedQuery(APPEND)
        .execute(tuple)
        .map(rows -> split(List.of(rows.iterator().next().getArrayOfLongs(0)), batches))
        .onFailure(PgException.class)
        .transform(e -> problem((PgException) e));
  }

  private static Stream<IncomingEvent> events(List<Batch> batches) {
    return batches.stream().flatMap(batch -> batch.events().stream());
  }

  private static List<List<Long>> split(List<Long> leaves, List<Batch> batches) {
    List<List<Long>> parts = new ArrayList<>();
    int from = 0;
    for (Batch batch : batches) {
      parts.add(leaves.subList(from, from + batch.events().size()));
      from += batch.events().size();
    }
    return parts;
  }

  /** Notes which of them only stand for an event that could not be taken; after {@link #append}. */
  Uni<Void> noteRefusals(SqlConnection connection, List<IncomingEvent> refused) {
    if (refused.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    Tuple tuple = Tuple.tuple();
    tuple.addArrayOfUUID(refused.stream().map(IncomingEvent::id).toArray(UUID[]::new));
    tuple.addArrayOfUUID(refused.stream().map(IncomingEvent::school).toArray(UUID[]::new));
    tuple.addArrayOfString(
        refused.stream().map(event -> event.refusedBy().orElseThrow()).toArray(String[]::new));
    return connection.preparedQuery(NOTE_REFUSALS).execute(tuple).replaceWithVoid();
  }

  /** Looks events of one source up; gives one answer for each, in the same order. */
  Uni<List<Holding>> holdings(SqlConnection connection, String source, List<EventKey> events) {
    Tuple tuple = Tuple.tuple().addString(source);
    tuple.addArrayOfUUID(
        events.stream().map(event -> UUID.fromString(event.getId())).toArray(UUID[]::new));
    tuple.addArrayOfUUID(
        events.stream().map(event -> UUID.fromString(event.getSchool())).toArray(UUID[]::new));
    return connection
        .preparedQuery(RECEIPTS)
        .execute(tuple)
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(Holding::of).toList());
  }

  private static Throwable problem(PgException e) {
    if (GAP.equals(e.getSqlState())) {
      return Problem.conflict(
          "sequence-gap",
          "Not the next event",
          "Send each school's events in the order of their sequence, none left out.");
    }
    if (CHANGED.equals(e.getSqlState())) {
      return Problem.conflict(
          "event-changed",
          "Another event has this id",
          "An event keeps its source and its number for good.");
    }
    return e;
  }
}
