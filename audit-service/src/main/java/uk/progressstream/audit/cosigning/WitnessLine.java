package uk.progressstream.audit.cosigning;

import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import uk.progressstream.audit.publication.SignedTree;
import uk.progressstream.log.note.SignedNote;
import uk.progressstream.log.tree.Hash;
import uk.progressstream.log.tree.NotVerifiedException;
import uk.progressstream.log.witness.AddCheckpoint;
import uk.progressstream.log.witness.WitnessPolicy.MemberWitness;

/**
 * One witness as this log knows it. What it cosigned last is what it says itself: a start begins
 * with 0 and is told.
 */
final class WitnessLine {
  private static final Duration AGAIN_AFTER = Duration.ofMinutes(15);
  private static final int OK = 200;
  private static final int CONFLICT = 409;
  private static final int NOT_CONTINUED = 422;

  private final MemberWitness witness;
  private final URI prefix;
  private final WitnessClient client;
  private final WitnessMeters meters;

  private long known;
  private long cosigned = -1;
  private long cosignedNanos;

  WitnessLine(MemberWitness witness, URI prefix, WitnessClient client, WitnessMeters meters) {
    this.witness = witness;
    this.prefix = prefix;
    this.client = client;
    this.meters = meters;
  }

  /**
   * Has it cosign a tree, unless it did just now.
   *
   * @param proofs of consistency, from one size to another
   * @return nothing where it did not; that never fails
   */
  Uni<Optional<Cosignature>> cosign(
      SignedTree tree, BiFunction<Long, Long, Uni<List<Hash>>> proofs) {
    if (tree.size() == cosigned && System.nanoTime() - cosignedNanos < AGAIN_AFTER.toNanos()) {
      return Uni.createFrom().item(Optional.empty());
    }
    if (known > tree.size()) {
      meters.conflict(witness.name());
      // Asked anew each time: it may have been another instance, a moment ahead of this one.
      known = 0;
      return Uni.createFrom().item(Optional.empty());
    }
    return ask(tree, proofs)
        .chain(
            answer ->
                answer.status() == CONFLICT && learns(answer, tree)
                    ? ask(tree, proofs)
                    : Uni.createFrom().item(answer))
        .map(answer -> taken(answer, tree))
        .onFailure()
        .recoverWithItem(
            failure -> {
              meters.failed(witness.name(), failure.getClass().getSimpleName());
              return Optional.empty();
            });
  }

  private Uni<WitnessClient.Answer> ask(
      SignedTree tree, BiFunction<Long, Long, Uni<List<Hash>>> proofs) {
    long old = known;
    return proofs
        .apply(old, tree.size())
        .chain(proof -> client.add(prefix, new AddCheckpoint(old, proof, tree.note())));
  }

  /** Whether a conflict was only that this log did not know where the witness stood. */
  private boolean learns(WitnessClient.Answer answer, SignedTree tree) {
    long before = known;
    known = answer.size().orElse(before);
    return known != before && known <= tree.size();
  }

  private Optional<Cosignature> taken(WitnessClient.Answer answer, SignedTree tree) {
    switch (answer.status()) {
      case OK -> {
        Optional<Cosignature> line = verified(answer.body(), tree.note());
        line.ifPresentOrElse(
            found -> {
              meters.cosigned(witness.name());
              known = tree.size();
              cosigned = tree.size();
              cosignedNanos = System.nanoTime();
            },
            () -> meters.failed(witness.name(), "not its signature"));
        return line;
      }
      case NOT_CONTINUED -> meters.conflict(witness.name());
      case CONFLICT -> {
        if (known == tree.size()) {
          // The same size, another root.
          meters.conflict(witness.name());
        }
      }
      default -> meters.failed(witness.name(), "status " + answer.status());
    }
    return Optional.empty();
  }

  /** The line that is its cosignature of this note; all else that it may have sent is dropped. */
  private Optional<Cosignature> verified(String lines, String note) {
    String bare = note.substring(0, note.lastIndexOf("\n\n") + 2);
    return lines
        .lines()
        .map(line -> line + "\n")
        .filter(line -> isCosignature(bare + line))
        .map(line -> new Cosignature(witness.key(), line))
        .findFirst();
  }

  private boolean isCosignature(String note) {
    try {
      return SignedNote.of(note).cosignedBy(witness.key()).isPresent();
    } catch (NotVerifiedException e) {
      return false;
    }
  }
}
