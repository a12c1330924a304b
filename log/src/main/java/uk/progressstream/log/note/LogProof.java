package uk.progressstream.log.note;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.progressstream.log.tree.CanonicalBase64;
import uk.progressstream.log.tree.Hash;
import uk.progressstream.log.tree.NotVerifiedException;
import uk.progressstream.log.tree.ProofCheck;

/**
 * A proof that stands alone: this entry is this leaf of the tree that the log signed (C2SP
 * tlog-proof).
 *
 * @param extra what else is needed to recompute the entry; not vouched for by anything
 * @param index of the leaf
 * @param hashes its siblings, upwards
 * @param checkpoint the log's note, to the letter
 */
public record LogProof(byte @Nullable [] extra, long index, List<Hash> hashes, String checkpoint) {
  private static final String HEAD = "c2sp.org/tlog-proof@v1";
  private static final int HASHES_MAX = 63;

  /** The proof as text. */
  public String text() {
    StringBuilder text = new StringBuilder(HEAD).append('\n');
    if (extra != null) {
      text.append("extra ").append(CanonicalBase64.encode(extra)).append('\n');
    }
    text.append("index ").append(index).append('\n');
    hashes.forEach(hash -> text.append(hash.base64()).append('\n'));
    return text.append('\n').append(checkpoint).toString();
  }

  /**
   * Reads a proof and verifies nothing yet.
   *
   * @throws NotVerifiedException if it is malformed
   */
  public static LogProof of(String text) {
    int blank = text.indexOf("\n\n");
    require(blank >= 0);
    List<String> lines = new ArrayList<>(List.of(text.substring(0, blank).split("\n", -1)));
    require(lines.remove(0).equals(HEAD) && !lines.isEmpty());
    byte[] extra =
        lines.get(0).startsWith("extra ")
            ? CanonicalBase64.decode(lines.remove(0).substring(6))
            : null;
    require(!lines.isEmpty() && lines.get(0).matches("index (0|[1-9][0-9]{0,17})"));
    long index = Long.parseLong(lines.remove(0).substring(6));
    require(lines.size() <= HASHES_MAX);
    List<Hash> hashes = lines.stream().map(Hash::ofBase64).toList();
    return new LogProof(extra, index, hashes, text.substring(blank + 2));
  }

  /**
   * The checkpoint, if the log's key signed it and its tree has the entry at the index.
   *
   * @throws NotVerifiedException otherwise
   */
  public Checkpoint verified(byte[] entry, VerifierKey key) {
    Checkpoint signed = Checkpoint.verified(checkpoint, key);
    Hash leaf = Hash.ofEntry(entry);
    if (!ProofCheck.inclusion(leaf, index, signed.size(), signed.root(), hashes)) {
      throw new NotVerifiedException("the entry is not that leaf of the signed tree");
    }
    return signed;
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new NotVerifiedException("not a proof of a transparency log");
    }
  }
}
