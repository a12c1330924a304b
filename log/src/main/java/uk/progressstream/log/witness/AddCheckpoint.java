package uk.progressstream.log.witness;

import java.util.ArrayList;
import java.util.List;
import uk.progressstream.log.tree.Hash;
import uk.progressstream.log.tree.NotVerifiedException;

/**
 * What a log asks of a witness (C2SP tlog-witness, add-checkpoint): cosign this tree, which
 * continues the one that you cosigned last.
 *
 * @param oldSize leaves of the tree that it cosigned last; 0 if none
 * @param proof that the new tree continues that one
 * @param checkpoint the log's note, to the letter
 */
public record AddCheckpoint(long oldSize, List<Hash> proof, String checkpoint) {
  /** No consistency proof is longer. */
  public static final int HASHES_MAX = 63;

  private static final String OLD = "old ";

  /** The body of the request. */
  public String text() {
    StringBuilder text = new StringBuilder(OLD).append(oldSize).append('\n');
    proof.forEach(hash -> text.append(hash.base64()).append('\n'));
    return text.append('\n').append(checkpoint).toString();
  }

  /**
   * Reads {@link #text}, and verifies nothing.
   *
   * @throws NotVerifiedException if it is malformed
   */
  public static AddCheckpoint of(String text) {
    int blank = text.indexOf("\n\n");
    if (blank < 0) {
      throw malformed();
    }
    List<String> lines = new ArrayList<>(List.of(text.substring(0, blank).split("\n", -1)));
    String first = lines.remove(0);
    if (!first.matches("old (0|[1-9][0-9]{0,17})") || lines.size() > HASHES_MAX) {
      throw malformed();
    }
    return new AddCheckpoint(
        Long.parseLong(first.substring(OLD.length())),
        lines.stream().map(Hash::ofBase64).toList(),
        text.substring(blank + 2));
  }

  private static NotVerifiedException malformed() {
    return new NotVerifiedException("not a request to add a checkpoint");
  }
}
