package uk.progressstream.ingest.csv;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import uk.progressstream.ingest.finding.ProblemCode;

/**
 * Counts the bytes of an upload, stops over the limit, and tells a broken connection from the end
 * of the file.
 */
public final class BoundedBytes extends FilterInputStream {
  private final long bytesMax;
  private volatile long bytes;

  /** Reads at most {@code bytesMax} bytes of {@code source}. */
  public BoundedBytes(InputStream source, long bytesMax) {
    super(source);
    this.bytesMax = bytesMax;
  }

  /** Bytes read so far. */
  public long bytes() {
    return bytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    long left = bytesMax - bytes;
    if (left == 0) {
      return endOrTooLarge();
    }
    int count = readOrCutOff(target, offset, (int) Math.min(length, left));
    bytes += Math.max(count, 0);
    return count;
  }

  private int endOrTooLarge() throws UnreadableFile {
    if (readOrCutOff(new byte[1], 0, 1) >= 0) {
      throw new UnreadableFile(ProblemCode.FILE_TOO_LARGE);
    }
    return -1;
  }

  private int readOrCutOff(byte[] target, int offset, int length) throws UnreadableFile {
    try {
      return in.read(target, offset, length);
    } catch (UnreadableFile stopped) {
      throw stopped;
    } catch (IOException brokenConnection) {
      throw new UnreadableFile(ProblemCode.BODY_CUT_OFF);
    }
  }
}
