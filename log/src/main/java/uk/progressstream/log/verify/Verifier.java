package uk.progressstream.log.verify;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uk.progressstream.log.commitment.Disclosure;
import uk.progressstream.log.note.Checkpoint;
import uk.progressstream.log.note.LogProof;
import uk.progressstream.log.note.VerifierKey;
import uk.progressstream.log.tree.Hash;
import uk.progressstream.log.tree.NotVerifiedException;

/**
 * Checks a log with nothing but its public key: that its tiles and entries are exactly those that
 * its checkpoint commits to, that it still begins with an older tree, that a record is in it. Every
 * method throws {@link NotVerifiedException} where something does not hold.
 */
public final class Verifier {
  private final VerifierKey key;
  private final TileSource source;

  /** A verifier of the log that has this key. */
  public Verifier(VerifierKey key, TileSource source) {
    this.key = key;
    this.source = source;
  }

  /** Reads every entry, builds the tree anew and compares all tiles and the root. */
  public Checkpoint wholeTree(String checkpointNote) throws IOException {
    return wholeTree(checkpointNote, List.of());
  }

  /**
   * The same, and that the tree passed through each of some checkpoints that were kept earlier.
   *
   * @param earlierNotes of the same log, smaller or equal
   */
  public Checkpoint wholeTree(String checkpointNote, List<String> earlierNotes) throws IOException {
    return wholeTree(checkpointNote, earlierNotes, ExpectedEntries.NONE);
  }

  /** The same, and that entries are where somebody knows them to be. */
  Checkpoint wholeTree(String checkpointNote, List<String> earlierNotes, ExpectedEntries expected)
      throws IOException {
    Checkpoint signed = Checkpoint.verified(checkpointNote, key);
    Map<Long, Hash> earlier = earlierRoots(signed, earlierNotes);
    if (expected.last() >= signed.size()) {
      throw new NotVerifiedException("a record is not in the tree that the log signed");
    }
    Hash root = new TreeWalk(source, signed.size(), earlier, expected).root();
    if (!root.equals(signed.root())) {
      throw new NotVerifiedException("the entries do not give the root that the log signed");
    }
    return signed;
  }

  /** Checks a proof and the record in it; needs no fetch. */
  public Checkpoint proof(String proofText) {
    LogProof proof = LogProof.of(proofText);
    return proof.verified(Disclosure.of(proof.extra()).entry(), key);
  }

  private Map<Long, Hash> earlierRoots(Checkpoint latest, List<String> notes) {
    Map<Long, Hash> roots = new HashMap<>();
    for (String note : notes) {
      Checkpoint earlier = Checkpoint.verified(note, key);
      Hash other = roots.putIfAbsent(earlier.size(), earlier.root());
      if (earlier.size() > latest.size()) {
        throw new NotVerifiedException("the log was set back: it signed a larger tree before");
      }
      if (other != null && !other.equals(earlier.root())) {
        throw new NotVerifiedException("the log forked: it signed two trees of one size");
      }
    }
    return roots;
  }
}
