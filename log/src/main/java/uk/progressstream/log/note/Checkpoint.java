package uk.progressstream.log.note;

import uk.progressstream.log.tree.Hash;
import uk.progressstream.log.tree.NotVerifiedException;

/**
 * What a log commits to: so many leaves, with this root (C2SP tlog-checkpoint).
 *
 * @param origin which log
 * @param size how many leaves
 * @param root of the tree over them
 */
public record Checkpoint(String origin, long size, Hash root) {

  /** The text of its note, newline at the end. */
  public String text() {
    return origin + "\n" + size + "\n" + root.base64() + "\n";
  }

  /** The whole note. */
  public String signedBy(NoteSigner signer) {
    return signer.sign(text());
  }

  /**
   * Reads a checkpoint's note.
   *
   * @param key of the log; its name is the origin
   * @throws NotVerifiedException if the key did not sign it, or it is no checkpoint of that log
   */
  public static Checkpoint verified(String note, VerifierKey key) {
    String text = SignedNote.of(note).verifiedBy(key);
    String[] line = text.split("\n", -1);
    if (line.length < 4 || !line[1].matches("0|[1-9][0-9]{0,17}")) {
      throw new NotVerifiedException("the note is no checkpoint");
    }
    if (!line[0].equals(key.name())) {
      throw new NotVerifiedException("the checkpoint is another log's");
    }
    return new Checkpoint(line[0], Long.parseLong(line[1]), Hash.ofBase64(line[2]));
  }
}
