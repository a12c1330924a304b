package uk.progressstream.audit.cosigning;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import uk.progressstream.audit.publication.SignedTree;
import uk.progressstream.audit.publication.TreeService;
import uk.progressstream.log.note.SignedNote;
import uk.progressstream.log.tree.Hash;
import uk.progressstream.log.witness.WitnessPolicy;
import uk.progressstream.platform.database.ScopedDatabase;

/**
 * Has the latest tree cosigned every few seconds, if it has grown. A witness that does not answer
 * holds up nobody: the log goes on, and its witnessed checkpoint stays where it was.
 */
@ApplicationScoped
public class Cosigning {
  private static final Logger LOG = Logger.getLogger(Cosigning.class);
  private static final long EVERY_MS = 5_000;

  private final Vertx vertx;
  private final ScopedDatabase database;
  private final TreeService tree;
  private final CosignatureRepository repository;
  private final WitnessPolicy policy;
  private final List<WitnessLine> witnesses;
  private final AtomicBoolean running = new AtomicBoolean();
  private long timer;

  Cosigning(
      Vertx vertx,
      ScopedDatabase database,
      TreeService tree,
      CosignatureRepository repository,
      WitnessPolicy policy,
      WitnessClient client,
      WitnessMeters meters) {
    this.vertx = vertx;
    this.database = database;
    this.tree = tree;
    this.repository = repository;
    this.policy = policy;
    this.witnesses =
        policy.witnesses().stream()
            .filter(each -> each.url().isPresent())
            .map(each -> new WitnessLine(each, each.url().orElseThrow(), client, meters))
            .toList();
  }

  void start(@Observes StartupEvent event) {
    if (!witnesses.isEmpty()) {
      timer = vertx.setPeriodic(EVERY_MS, id -> round());
    }
  }

  void stop(@Observes ShutdownEvent event) {
    vertx.cancelTimer(timer);
  }

  /** Asks every witness once about the latest tree. */
  Uni<Void> cosign() {
    return database
        .withoutScope(tree::latest)
        .chain(
            latest ->
                latest.size() == 0
                    ? Uni.createFrom().voidItem()
                    : ask(latest).chain(found -> keep(latest, found)));
  }

  private void round() {
    if (running.compareAndSet(false, true)) {
      cosign()
          .eventually(() -> running.set(false))
          .subscribe()
          .with(
              done -> {},
              failure ->
                  LOG.warnf("the tree could not be cosigned: %s", failure.getClass().getName()));
    }
  }

  private Uni<List<Cosignature>> ask(SignedTree latest) {
    return Multi.createFrom()
        .iterable(witnesses)
        .onItem()
        .transformToUniAndMerge(witness -> witness.cosign(latest, this::consistency))
        .collect()
        .asList()
        .map(found -> found.stream().flatMap(Optional::stream).toList());
  }

  private Uni<List<Hash>> consistency(long oldSize, long size) {
    return database.withoutScope(connection -> tree.consistency(connection, oldSize, size));
  }

  private Uni<Void> keep(SignedTree latest, List<Cosignature> found) {
    if (found.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    String lines = found.stream().map(Cosignature::line).collect(Collectors.joining());
    boolean enough = policy.cosigned(SignedNote.of(latest.note() + lines));
    return database.withoutScope(
        connection -> repository.add(connection, latest.size(), found, enough));
  }
}
