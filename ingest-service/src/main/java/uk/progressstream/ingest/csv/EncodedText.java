package uk.progressstream.ingest.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import uk.progressstream.ingest.finding.ProblemCode;

/**
 * UTF-8, or windows-1252 where the bytes say so. A stream can't be read twice, so the choice is
 * made at the first byte that is not ASCII: everything before it means the same in both. Bytes that
 * are UTF-8 once and then are not stop the file, since either reading would be a guess. A byte
 * order mark settles UTF-8.
 */
final class EncodedText extends Reader {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final int BUFFER_BYTES = 8192;

  private final InputStream source;
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES).flip();
  // A buffer of our own: a caller with room for one char could never be given a surrogate pair.
  private final CharBuffer text = CharBuffer.allocate(BUFFER_BYTES).flip();
  private CharsetDecoder decoder = strict(StandardCharsets.UTF_8);
  private boolean started;
  private boolean settled;
  private boolean ended;
  private boolean cutOff;

  EncodedText(InputStream source) {
    this.source = source;
  }

  /** Whether the bytes ended inside a character. */
  boolean cutOff() {
    return cutOff;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    while (!text.hasRemaining()) {
      if (!decodeMore()) {
        return -1;
      }
    }
    int count = Math.min(length, text.remaining());
    text.get(target, offset, count);
    return count;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  /** Decodes what there is into the text buffer; false at the end. */
  private boolean decodeMore() throws IOException {
    if (!started) {
      start();
    }
    text.clear();
    CoderResult result = decoder.decode(bytes, text, ended);
    settled |= hasOtherThanAscii(text.flip());
    if (result.isError()) {
      recover(result);
    } else if (!text.hasRemaining()) {
      if (ended) {
        return false;
      }
      fill();
    }
    return true;
  }

  private void start() throws IOException {
    started = true;
    while (!ended && bytes.remaining() < Signature.BYTES_MAX) {
      fill();
    }
    Signature.check(bytes);
    settled = Signature.skipByteOrderMark(bytes);
  }

  private void fill() throws IOException {
    bytes.compact();
    int count = source.read(bytes.array(), bytes.position(), bytes.remaining());
    ended = count < 0;
    bytes.position(bytes.position() + Math.max(count, 0)).flip();
  }

  private static boolean hasOtherThanAscii(CharBuffer text) {
    return text.chars().anyMatch(c -> c > 127);
  }

  // Text that was decoded before the error is given out first; the error is met again after it.
  private void recover(CoderResult error) throws UnreadableFile {
    if (!settled) {
      settled = true;
      decoder = strict(WINDOWS_1252);
    } else if (ended && error.length() == bytes.remaining()) {
      cutOff = true;
      bytes.position(bytes.limit());
      decoder.reset();
    } else if (!text.hasRemaining()) {
      throw new UnreadableFile(ProblemCode.BAD_ENCODING);
    }
  }

  private static CharsetDecoder strict(Charset charset) {
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }
}
