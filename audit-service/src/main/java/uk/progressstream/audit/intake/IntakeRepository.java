package uk.progressstream.audit.intake;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import uk.progressstream.log.commitment.Commitment;
import uk.progressstream.platform.problem.Problem;

/**
 * The one function through which events get into the log; it gives leaf indexes and nothing else.
 */
@ApplicationScoped
public class IntakeRepository {
  private static final String APPEND = "select log.append($1, $2, $3, $4, $5, $6)";
  private static final String GAP = "PS001";
  private static final String CHANGED = "PS002";

  /**
   * Appends.
   *
   * @param events of one source, none twice
   * @param commitments to their bodies, in the same order
   * @return the leaf index of each, in the same order
   */
  Uni<List<Long>> append(
      SqlConnection connection,
      String source,
      List<IncomingEvent> events,
      List<Commitment> commitments) {
    Tuple tuple = Tuple.tuple().addString(source);
    tuple.addArrayOfUUID(events.stream().map(IncomingEvent::id).toArray(UUID[]::new));
    tuple.addArrayOfUUID(events.stream().map(IncomingEvent::school).toArray(UUID[]::new));
    tuple.addArrayOfLong(events.stream().map(IncomingEvent::sequence).toArray(Long[]::new));
    tuple.addArrayOfString(events.stream().map(IncomingEvent::body).toArray(String[]::new));
    tuple.addValue(commitments.stream().map(c -> Buffer.buffer(c.salt())).toArray(Buffer[]::new));
    return connection
        .preparedQuery(APPEND)
        .execute(tuple)
        .map(rows -> List.of(rows.iterator().next().getArrayOfLongs(0)))
        .onFailure(PgException.class)
        .transform(e -> problem((PgException) e));
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
