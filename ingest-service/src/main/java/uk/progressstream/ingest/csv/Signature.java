package uk.progressstream.ingest.csv;

import java.nio.ByteBuffer;
import uk.progressstream.ingest.finding.ProblemCode;

/** What the first bytes of a file give away. */
final class Signature {
  /** Bytes that have to be there, if there are so many, before a file can be judged. */
  static final int BYTES_MAX = 4;

  private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final byte[] UTF_16_BIG = {(byte) 0xFE, (byte) 0xFF};
  private static final byte[] UTF_16_LITTLE = {(byte) 0xFF, (byte) 0xFE};
  private static final byte[] ZIP = {'P', 'K', 3, 4};

  private Signature() {}

  /** Refuses UTF-16, and the zip that a spreadsheet is when it is not saved as CSV. */
  static void check(ByteBuffer bytes) throws UnreadableFile {
    if (startsWith(bytes, UTF_16_BIG) || startsWith(bytes, UTF_16_LITTLE)) {
      throw new UnreadableFile(ProblemCode.UTF_16);
    }
    if (startsWith(bytes, ZIP)) {
      throw new UnreadableFile(ProblemCode.NOT_TEXT);
    }
  }

  /** Steps over a UTF-8 byte order mark, and says whether there was one. */
  static boolean skipByteOrderMark(ByteBuffer bytes) {
    boolean marked = startsWith(bytes, UTF_8_MARK);
    if (marked) {
      bytes.position(bytes.position() + UTF_8_MARK.length);
    }
    return marked;
  }

  private static boolean startsWith(ByteBuffer bytes, byte[] start) {
    return bytes.remaining() >= start.length
        && bytes.slice(bytes.position(), start.length).equals(ByteBuffer.wrap(start));
  }
}
