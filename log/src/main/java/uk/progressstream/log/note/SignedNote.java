package uk.progressstream.log.note;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import uk.progressstream.log.tree.CanonicalBase64;
import uk.progressstream.log.tree.NotVerifiedException;

/**
 * A text with signatures (C2SP signed-note). Its text is out of reach until a key has verified it.
 */
public final class SignedNote {
  /** An em dash and a space, by which a line of signature begins. */
  static final String DASH = "\u2014 ";

  private static final int NOTE_CHARS_MAX = 1_000_000;
  private static final int SIGNATURES_MAX = 100;
  private static final int ID_BYTES = 4;

  private final String text;
  private final List<Line> signatures;

  private SignedNote(String text, List<Line> signatures) {
    this.text = text;
    this.signatures = List.copyOf(signatures);
  }

  /**
   * Reads a note and verifies nothing yet.
   *
   * @throws NotVerifiedException if it is malformed
   */
  public static SignedNote of(String note) {
    int blank = note.lastIndexOf("\n\n");
    require(note.length() <= NOTE_CHARS_MAX && blank >= 0, "no text and signatures");
    require(note.chars().allMatch(c -> c >= ' ' || c == '\n'), "a control character");
    String lines = note.substring(blank + 2);
    require(lines.endsWith("\n"), "no newline at its end");
    List<Line> signatures = new ArrayList<>();
    for (String line : lines.substring(0, lines.length() - 1).split("\n", -1)) {
      signatures.add(Line.of(line));
    }
    require(signatures.size() <= SIGNATURES_MAX, "too many signatures");
    return new SignedNote(note.substring(0, blank + 1), signatures);
  }

  /**
   * The text, if the key signed it. Signatures of other keys are passed over.
   *
   * @throws NotVerifiedException if there is none by this key, or one of them is wrong
   */
  public String verifiedBy(VerifierKey key) {
    List<Line> own = by(key.name(), key.id());
    require(!own.isEmpty(), "no signature by the log's key");
    require(own.stream().allMatch(line -> key.verifies(text, line.signature)), "a wrong signature");
    return text;
  }

  /**
   * When a witness cosigned the text; nothing if it did not.
   *
   * @throws NotVerifiedException if a cosignature by its key is wrong
   */
  public Optional<Instant> cosignedBy(CosignerKey key) {
    List<Optional<Instant>> times =
        by(key.name(), key.id()).stream().map(line -> key.cosigned(text, line.signature)).toList();
    require(times.stream().allMatch(Optional::isPresent), "a wrong cosignature");
    return times.stream().flatMap(Optional::stream).max(Comparator.naturalOrder());
  }

  private List<Line> by(String name, int keyId) {
    return signatures.stream()
        .filter(line -> line.name.equals(name) && line.keyId == keyId)
        .toList();
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new NotVerifiedException("the note has " + otherwise);
    }
  }

  private record Line(String name, int keyId, byte[] signature) {

    static Line of(String line) {
      String[] part = line.split(" ", -1);
      require(
          part.length == 3 && (part[0] + " ").equals(DASH) && KeyId.isName(part[1]),
          "a malformed signature");
      byte[] bytes = CanonicalBase64.decode(part[2]);
      require(bytes.length > ID_BYTES, "a signature that is too short");
      return new Line(
          part[1],
          ByteBuffer.wrap(bytes).getInt(),
          Arrays.copyOfRange(bytes, ID_BYTES, bytes.length));
    }
  }
}
