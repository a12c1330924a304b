package uk.progressstream.log.witness;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import uk.progressstream.log.note.Checkpoint;
import uk.progressstream.log.note.Cosigner;
import uk.progressstream.log.note.SignedNote;
import uk.progressstream.log.note.VerifierKey;
import uk.progressstream.log.tree.Hash;
import uk.progressstream.log.tree.NotVerifiedException;
import uk.progressstream.log.tree.ProofCheck;

/**
 * Cosigns what continues all that it cosigned before, and nothing else (C2SP tlog-witness). The one
 * thing that must never be lost is what it cosigned last: a witness whose state is gone is retired,
 * with its key.
 */
public final class Witness {
  /** Media type of a size, in the answer to a request that began elsewhere. */
  public static final String SIZE_TYPE = "text/x.tlog.size";

  private static final String TEXT_TYPE = "text/plain; charset=utf-8";

  private final Cosigner cosigner;
  private final List<VerifierKey> logs;
  private final WitnessState state;
  private final Clock clock;

  /**
   * A witness.
   *
   * @param logs the keys of the logs that it serves; several of one name are one log's
   */
  public Witness(Cosigner cosigner, List<VerifierKey> logs, WitnessState state, Clock clock) {
    this.cosigner = cosigner;
    this.logs = List.copyOf(logs);
    this.state = state;
    this.clock = clock;
  }

  /**
   * What it answers.
   *
   * @param status of HTTP
   * @param type media type of the body
   * @param body lines, or nothing
   */
  public record Answer(int status, String type, String body) {
    static Answer refused(int status) {
      return new Answer(status, TEXT_TYPE, "");
    }
  }

  /**
   * Answers one request. Look and store are one step: of two requests at once, one comes first.
   *
   * @param body of add-checkpoint
   * @throws IOException if its state cannot be read or stored; nothing was cosigned then
   */
  public synchronized Answer add(String body) throws IOException {
    AddCheckpoint request;
    SignedNote note;
    try {
      request = AddCheckpoint.of(body);
      note = SignedNote.of(request.checkpoint());
    } catch (NotVerifiedException e) {
      return Answer.refused(400);
    }
    List<VerifierKey> keys = keysOf(request.checkpoint().split("\n", 2)[0]);
    if (keys.isEmpty()) {
      return Answer.refused(404);
    }
    Optional<VerifierKey> signer = keys.stream().filter(key -> isSignedBy(note, key)).findFirst();
    if (signer.isEmpty()) {
      return Answer.refused(403);
    }
    try {
      Checkpoint asked = Checkpoint.verified(request.checkpoint(), signer.get());
      return add(request, asked, note.verifiedBy(signer.get()));
    } catch (NotVerifiedException e) {
      return Answer.refused(400);
    }
  }

  private static boolean isSignedBy(SignedNote note, VerifierKey key) {
    try {
      note.verifiedBy(key);
      return true;
    } catch (NotVerifiedException e) {
      return false;
    }
  }

  private Answer add(AddCheckpoint request, Checkpoint asked, String text) throws IOException {
    if (request.oldSize() > asked.size()) {
      return Answer.refused(400);
    }
    Optional<Checkpoint> last = state.last(asked.origin());
    long lastSize = last.map(Checkpoint::size).orElse(0L);
    Hash lastRoot = last.map(Checkpoint::root).orElse(Hash.EMPTY_TREE);
    if (request.oldSize() != lastSize
        || (asked.size() == lastSize && !asked.root().equals(lastRoot))) {
      return new Answer(409, SIZE_TYPE, lastSize + "\n");
    }
    if (!continues(request, asked, lastRoot)) {
      return Answer.refused(422);
    }
    state.store(asked);
    return new Answer(200, TEXT_TYPE, cosigner.line(text, clock.instant()));
  }

  private static boolean continues(AddCheckpoint request, Checkpoint asked, Hash lastRoot) {
    return ProofCheck.consistency(
        request.oldSize(), lastRoot, asked.size(), asked.root(), request.proof());
  }

  private List<VerifierKey> keysOf(String origin) {
    return logs.stream().filter(key -> key.name().equals(origin)).toList();
  }
}
