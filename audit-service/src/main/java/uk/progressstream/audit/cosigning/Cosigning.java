package uk.progressstream.audit.cosigning;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import uk.progressstream.audit.publication.SignedTree;
import uk.progressstream.audit.publication.TreeService;
import uk.progressstream.log.note.SignedNote;
import uk.progressstream.log.tree.Hash;
import uk.progressstream.log.witness.WitnessPolicy;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.startup.Loops;

/**
 * Has the latest tree cosigned every few seconds, if it has grown. A witness that does not answer
 * holds up nobody: the log goes on, and its witnessed checkpoint stays where it was.
 */
@ApplicationScoped
public class Cosigning {
  private static final Logger LOG = Logger.getLogger(Cosigning.class);
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration SILENT_MAX = Duration.ofSeconds(120);

  private final Loops loops;
  private final ScopedDatabase database;
  private final TreeService tree;
  private final CosignatureRepository repository;
  private final WitnessPolicy policy;
  private final List<WitnessLine> witnesses;

  Cosigning(
      Loops loops,
      ScopedDatabase database,
      TreeService tree,
      CosignatureRepository repository,
      WitnessPolicy policy,
      WitnessClient client,
      WitnessMeters meters) {
    this.loops = loops;
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
      loops.every("cosigning", EVERY, SILENT_MAX, this::round);
    }
  }

  /** Asks every witness once about the latest tree. */
  Uni<Void> cosign() {
    return database
        .reserved(tree::latest)
        .chain(
            latest ->
                latest.size() == 0
                    ? Uni.createFrom().voidItem()
                    : ask(latest).chain(found -> keep(latest, found)));
  }

  /** A tree that was not cosigned is, next time; that is no silence. */
  private Uni<Void> round() {
    return cosign()
        .onFailure()
        .invoke(
            failure ->
                LOG.warnf("the tree could not be cosigned: %s", failure.getClass().getName()))
        .onFailure()
        .recoverWithNull();
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
    return database.reserved(connection -> tree.consistency(connection, oldSize, size));
  }

  private Uni<Void> keep(SignedTree latest, List<Cosignature> found) {
    if (found.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    String lines = found.stream().map(Cosignature::line).collect(Collectors.joining());
    boolean enough = policy.cosigned(SignedNote.of(latest.note() + lines));
    return database.reserved(
        connection -> repository.add(connection, latest.size(), found, enough));
  }
}
