package uk.progressstream.audit.intake;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import uk.progressstream.audit.publication.TreeService;
import uk.progressstream.log.commitment.Commitment;
import uk.progressstream.log.tree.TreeEdge;
import uk.progressstream.platform.database.ScopedDatabase;

/**
 * Appends events to the log: their records, their leaves, the tiles and the checkpoint over them in
 * one transaction, so that a checkpoint is never older than an append.
 */
@ApplicationScoped
public class IntakeService {
  private final ScopedDatabase database;
  private final IntakeRepository repository;
  private final TreeService tree;

  IntakeService(ScopedDatabase database, IntakeRepository repository, TreeService tree) {
    this.database = database;
    this.repository = repository;
    this.tree = tree;
  }

  /**
   * Appends events, or finds them again.
   *
   * @param source name of the service that they come from
   * @param events at most 1,000; one that occurs twice counts once
   * @return the leaf index of each event by its id
   */
  Uni<Map<UUID, Long>> append(String source, List<IncomingEvent> events) {
    Map<UUID, IncomingEvent> distinct = new LinkedHashMap<>();
    events.forEach(event -> distinct.putIfAbsent(event.id(), event));
    List<IncomingEvent> batch = List.copyOf(distinct.values());
    List<Commitment> commitments =
        batch.stream().map(event -> Commitment.to(event.body())).toList();
    return database
        .withoutScope(connection -> append(connection, source, batch, commitments))
        .map(leaves -> byId(batch, leaves));
  }

  private Uni<List<Long>> append(
      SqlConnection connection,
      String source,
      List<IncomingEvent> batch,
      List<Commitment> commitments) {
    return tree.takeTurn(connection)
        .chain(edge -> appendTo(edge, connection, source, batch, commitments));
  }

  private Uni<List<Long>> appendTo(
      TreeEdge edge,
      SqlConnection connection,
      String source,
      List<IncomingEvent> batch,
      List<Commitment> commitments) {
    return repository
        .append(connection, source, batch, commitments)
        .invoke(leaves -> grow(edge, leaves, commitments))
        .call(() -> tree.publish(connection, edge));
  }

  /** Adds the leaves that are new; an event that was there before has its index below the size. */
  static void grow(TreeEdge edge, List<Long> leaves, List<Commitment> commitments) {
    Map<Long, Commitment> fresh = new TreeMap<>();
    for (int i = 0; i < leaves.size(); i++) {
      if (leaves.get(i) >= edge.size()) {
        fresh.put(leaves.get(i), commitments.get(i));
      }
    }
    fresh.forEach(
        (leaf, commitment) -> {
          if (leaf != edge.size()) {
            throw new IllegalStateException("a leaf would be left out");
          }
          edge.append(commitment.entry());
        });
  }

  private static Map<UUID, Long> byId(List<IncomingEvent> batch, List<Long> leaves) {
    Map<UUID, Long> positions = new LinkedHashMap<>();
    for (int i = 0; i < batch.size(); i++) {
      positions.put(batch.get(i).id(), leaves.get(i));
    }
    return positions;
  }
}
