package uk.progressstream.audit.intake;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import uk.progressstream.audit.publication.TreeService;
import uk.progressstream.contracts.events.EventKey;
import uk.progressstream.contracts.events.Receipt;
import uk.progressstream.contracts.events.ReceiptsReply;
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
  private final SequenceAlarm alarm;

  IntakeService(
      ScopedDatabase database, IntakeRepository repository, TreeService tree, SequenceAlarm alarm) {
    this.database = database;
    this.repository = repository;
    this.tree = tree;
    this.alarm = alarm;
  }

  /**
   * Appends events, or finds them again.
   *
   * @param source name of the service that they come from
   * @param events at most 1,000; one that occurs twice counts once
   * @return a receipt for each event by its id
   */
  Uni<Map<UUID, Receipt>> append(String source, List<IncomingEvent> events) {
    Map<UUID, IncomingEvent> distinct = new LinkedHashMap<>();
    events.forEach(event -> distinct.putIfAbsent(event.id(), event));
    List<IncomingEvent> batch = List.copyOf(distinct.values());
    List<Commitment> commitments =
        batch.stream().map(event -> Commitment.to(event.body())).toList();
    return database
        .withoutScope(connection -> append(connection, source, batch, commitments))
        .map(receipts -> byId(batch, receipts));
  }

  /**
   * What the log holds of some events, and which of their schools miss some; that raises the alarm.
   *
   * @param source name of the service that asks for its own
   * @param events at most 1,000
   */
  Uni<ReceiptsReply> receipts(String source, List<EventKey> events) {
    return database
        .withoutScope(connection -> repository.holdings(connection, source, events))
        .map(holdings -> ReceiptBook.answer(events, holdings))
        .invoke(answer -> alarm.raise(source, answer));
  }

  private Uni<List<Receipt>> append(
      SqlConnection connection,
      String source,
      List<IncomingEvent> batch,
      List<Commitment> commitments) {
    return tree.takeTurn(connection)
        .chain(edge -> appendTo(edge, connection, source, batch, commitments));
  }

  private Uni<List<Receipt>> appendTo(
      TreeEdge edge,
      SqlConnection connection,
      String source,
      List<IncomingEvent> batch,
      List<Commitment> commitments) {
    long before = edge.size();
    return repository
        .append(connection, source, batch, commitments)
        .invoke(leaves -> grow(edge, leaves, commitments))
        .call(leaves -> repository.noteRefusals(connection, refused(batch, leaves, before)))
        .call(() -> tree.publish(connection, edge))
        .chain(leaves -> receipts(connection, source, batch, leaves, before));
  }

  private static List<IncomingEvent> refused(
      List<IncomingEvent> batch, List<Long> leaves, long before) {
    return IntStream.range(0, batch.size())
        .filter(i -> leaves.get(i) >= before)
        .mapToObj(batch::get)
        .filter(event -> event.refusedBy().isPresent())
        .toList();
  }

  /** An event that was here before keeps what was said of it then, whatever the rules are now. */
  private Uni<List<Receipt>> receipts(
      SqlConnection connection,
      String source,
      List<IncomingEvent> batch,
      List<Long> leaves,
      long before) {
    if (leaves.stream().allMatch(leaf -> leaf >= before)) {
      return Uni.createFrom()
          .item(
              IntStream.range(0, batch.size())
                  .mapToObj(i -> fresh(batch.get(i), leaves.get(i)))
                  .toList());
    }
    List<EventKey> keys = batch.stream().map(IntakeService::key).toList();
    return repository
        .holdings(connection, source, keys)
        .map(holdings -> ReceiptBook.answer(keys, holdings).getReceiptsList());
  }

  private static Receipt fresh(IncomingEvent event, long leaf) {
    return ReceiptBook.receipt(event.id().toString(), leaf, event.refusedBy().isPresent());
  }

  /** By what the log looks an event up. */
  static EventKey key(IncomingEvent event) {
    return EventKey.newBuilder()
        .setId(event.id().toString())
        .setSchool(event.school().toString())
        .setSequence(event.sequence())
        .build();
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

  private static Map<UUID, Receipt> byId(List<IncomingEvent> batch, List<Receipt> receipts) {
    Map<UUID, Receipt> byId = new LinkedHashMap<>();
    for (int i = 0; i < batch.size(); i++) {
      byId.put(batch.get(i).id(), receipts.get(i));
    }
    return byId;
  }
}
