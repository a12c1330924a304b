package uk.progressstream.audit.intake;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
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
import uk.progressstream.platform.startup.Loops;

/**
 * Appends events to the log: their records, their leaves, the tiles and the checkpoint over them in
 * one transaction, so that a checkpoint is never older than an append.
 */
@ApplicationScoped
public class IntakeService {
  /** Of one transaction; each has at most 1,000 events. */
  private static final int BATCHES_MAX = 8;

  /** One transaction, and with it everybody who waits for it. */
  private static final Duration APPEND_MAX = Duration.ofSeconds(60);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
  private static final Duration HUNG_MAX = Duration.ofSeconds(90);

  private final Loops loops;
  private final ScopedDatabase database;
  private final IntakeRepository repository;
  private final TreeService tree;
  private final SequenceAlarm alarm;
  private final AppendGroup<Batch, List<Receipt>> group;

  IntakeService(
      ScopedDatabase database,
      IntakeRepository repository,
      TreeService tree,
      SequenceAlarm alarm,
      Loops loops) {
    this.loops = loops;
    this.database = database;
    this.repository = repository;
    this.tree = tree;
    this.alarm = alarm;
    this.group = new AppendGroup<>(BATCHES_MAX, APPEND_MAX, this::appendAll);
  }

  void start(@Observes StartupEvent event) {
    loops.every("log-append", LOOK_EVERY, HUNG_MAX, this::moves);
  }

  private Uni<Void> moves() {
    return group.hangs(HUNG_MAX)
        ? Uni.createFrom().failure(new IllegalStateException("an append does not end"))
        : Uni.createFrom().voidItem();
  }

  /**
   * Appends events, or finds them again; together with what others deliver at the same moment.
   *
   * @param source name of the service that they come from
   * @param events at most 1,000; one that occurs twice counts once
   * @return a receipt for each event by its id
   */
  Uni<Map<UUID, Receipt>> append(String source, List<IncomingEvent> events) {
    Batch batch = Batch.of(source, events);
    return group.append(batch).map(receipts -> byId(batch.events(), receipts));
  }

  /**
   * What the log holds of some events, and which of their schools miss some; that raises the alarm.
   *
   * @param source name of the service that asks for its own
   * @param events at most 1,000
   */
  Uni<ReceiptsReply> receipts(String source, List<EventKey> events) {
    return database
        .reserved(connection -> repository.holdings(connection, source, events))
        .map(holdings -> ReceiptBook.answer(events, holdings))
        .invoke(answer -> alarm.raise(source, answer));
  }

  private Uni<List<List<Receipt>>> appendAll(List<Batch> batches) {
    return database.reserved(
        connection -> tree.takeTurn(connection).chain(edge -> appendTo(edge, connection, batches)));
  }

  private Uni<List<List<Receipt>>> appendTo(
      TreeEdge edge, SqlConnection connection, List<Batch> batches) {
    long before = edge.size();
    return repository
        .append(connection, batches)
        .invoke(leaves -> grow(edge, leaves, batches))
        .call(leaves -> repository.noteRefusals(connection, refused(batches, leaves, before)))
        .call(() -> tree.publish(connection, edge))
        .chain(leaves -> receipts(connection, batches, leaves, before));
  }

  private static List<IncomingEvent> refused(
      List<Batch> batches, List<List<Long>> leaves, long before) {
    List<IncomingEvent> refused = new ArrayList<>();
    for (int b = 0; b < batches.size(); b++) {
      List<IncomingEvent> events = batches.get(b).events();
      for (int i = 0; i < events.size(); i++) {
        if (leaves.get(b).get(i) >= before && events.get(i).refusedBy().isPresent()) {
          refused.add(events.get(i));
        }
      }
    }
    return refused;
  }

  private Uni<List<List<Receipt>>> receipts(
      SqlConnection connection, List<Batch> batches, List<List<Long>> leaves, long before) {
    return Multi.createFrom()
        .range(0, batches.size())
        .onItem()
        .transformToUniAndConcatenate(
            b -> receipts(connection, batches.get(b), leaves.get(b), before))
        .collect()
        .asList();
  }

  /** An event that was here before keeps what was said of it then, whatever the rules are now. */
  private Uni<List<Receipt>> receipts(
      SqlConnection connection, Batch batch, List<Long> leaves, long before) {
    if (leaves.stream().allMatch(leaf -> leaf >= before)) {
      return Uni.createFrom()
          .item(
              IntStream.range(0, leaves.size())
                  .mapToObj(i -> fresh(batch.events().get(i), leaves.get(i)))
                  .toList());
    }
    List<EventKey> keys = batch.events().stream().map(IntakeService::key).toList();
    return repository
        .holdings(connection, batch.source(), keys)
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
  static void grow(TreeEdge edge, List<List<Long>> leaves, List<Batch> batches) {
    Map<Long, Commitment> fresh = new TreeMap<>();
    for (int b = 0; b < batches.size(); b++) {
      for (int i = 0; i < leaves.get(b).size(); i++) {
        if (leaves.get(b).get(i) >= edge.size()) {
          fresh.put(leaves.get(b).get(i), batches.get(b).commitments().get(i));
        }
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
